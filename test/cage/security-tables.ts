import type { Attack, Isolation, Realm } from './attack'
import { attacks } from './attacks'

export const TABLES_BEGIN = '<!-- attacks: begin. Written by `npx tsx test/cage/write-security-tables.ts`. -->'
export const TABLES_END = '<!-- attacks: end -->'

const REALMS: readonly (readonly [Realm, string, string])[] = [
  [
    'worker',
    'In the worker, where extensions run',
    'The real thing: worker, relay, frame, host and server as a product has them.',
  ],
  [
    'unfiltered',
    'In the worker, had the removal of dangerous globals failed',
    "The same attacks with every global of the browser in its place: the frame's policy stands alone.",
  ],
  [
    'frame',
    "In the frame's document, had worker and relay fallen as well",
    'The attacker has replaced our boot script: sandbox tokens, headers and the host stand alone.',
  ],
]

const outcome = ({ notBlockable }: Attack, mode: Isolation): string =>
  notBlockable?.modes.includes(mode) ? '**succeeds**' : 'blocked'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

const table = (realm: Realm): string => {
  const rows = attacks
    .filter((attack) => (attack.realm ?? 'worker') === realm)
    .map(
      (attack) =>
        `| \`${attack.id}\` | ${cell(attack.title)} | ${outcome(attack, 'origin')} | ${outcome(attack, 'opaque')} |`,
    )
  return ['| attack | what it tries | `origin` | `opaque` |', '|---|---|---|---|', ...rows].join('\n')
}

const summary = (): string => {
  const count = (realm: Realm, mode: Isolation) => {
    const all = attacks.filter((attack) => (attack.realm ?? 'worker') === realm)
    const succeeding = all.filter((attack) => attack.notBlockable?.modes.includes(mode)).length
    return `${succeeding} of ${all.length}`
  }
  return [
    '| the hostile code runs | succeed in `origin` | succeed in `opaque` |',
    '|---|---|---|',
    ...REALMS.map(([realm, title]) => `| ${title} | ${count(realm, 'origin')} | ${count(realm, 'opaque')} |`),
  ].join('\n')
}

const honest = (): string =>
  attacks
    .flatMap(({ id, title, notBlockable }) =>
      notBlockable ? [`- \`${id}\` (${notBlockable.modes.join(', ')}), ${cell(title)}: ${notBlockable.because}`] : [],
    )
    .join('\n')

/** The generated part of `docs/security.md`. The suite fails when a run has another outcome than these tables. */
export const securityTables = (): string =>
  [
    TABLES_BEGIN,
    '',
    summary(),
    '',
    '### Attacks that succeed, and why',
    '',
    honest(),
    '',
    ...REALMS.flatMap(([realm, title, text]) => [`### ${title}`, '', text, '', table(realm), '']),
    TABLES_END,
  ].join('\n')
