import { readFileSync } from 'node:fs'
import { CONTENDERS, type Outcomes } from './contenders'
import type { Harm } from './program'
import { PROGRAMS } from './programs'

const HARMS: Readonly<Record<Harm, string>> = {
  connects: 'a packet or a connection reaches a listener of the test',
  listens: 'others can connect to a port it opened',
  writes: 'a folder of the machine is not as it was',
  learns: 'a secret of the machine, the host, the broker or another tenant is in what it answers, logs or sends',
  pollutes: 'another tenant or the host finds its JavaScript changed',
  kills: 'the host or an innocent process is gone',
  stalls: 'its caller, or another tenant, is not answered',
  hoards: 'memory grows without bound',
  overruns: 'the caller or a service gets more than the limits allow',
  outlives: 'it goes on after its caller was answered',
}

/** docs/abuse-suite.md, of the programs and of what the last whole run saw. */
export const abusePage = (): string => {
  // Written by main.ts alone.
  const outcomes = JSON.parse(readFileSync(new URL('outcomes.json', import.meta.url), 'utf8')) as Outcomes
  const cell = (contender: (typeof CONTENDERS)[number], id: string): string => {
    const harms = outcomes[contender]?.[id]
    return harms === undefined ? 'not run' : harms.length === 0 ? 'held' : harms.join(', ')
  }
  const total = (contender: (typeof CONTENDERS)[number]): string => {
    const all = Object.values(outcomes[contender] ?? {})
    return `${all.filter((harms) => harms.length > 0).length} of ${all.length}`
  }
  return [
    '# The abuse suite of server functions',
    '',
    `${PROGRAMS.length} programs as an app could ship them, each judged from outside: by listeners, files, an innocent process, another tenant, and what`,
    'the caller gets. All harms are looked for in each program. The control is a host that runs the same programs in its own process: what',
    'the suite would not catch there, it would catch nowhere. This page is made by `npm run test:abuse` and `test/abuse/page.ts`.',
    '',
    '| harm | is seen when |',
    '|---|---|',
    ...Object.entries(HARMS).map(([harm, meaning]) => `| ${harm} | ${meaning} |`),
    '',
    '| runtime | programs that did harm |',
    '|---|---|',
    `| \`createProcessRuntime\` (embedded) | ${total('embedded')} |`,
    `| \`createHardenedRuntime\` | ${total('hardened')} |`,
    `| \`createRemoteRuntime\`, with a worker that embeds the first | ${total('remote')} |`,
    `| unprotected, the control | ${total('unprotected')} |`,
    '',
    '| program | what it tries | embedded | hardened | remote | unprotected |',
    '|---|---|---|---|---|---|',
    ...PROGRAMS.map(
      ({ id, title }) => `| \`${id}\` | ${title} | ${CONTENDERS.map((contender) => cell(contender, id)).join(' | ')} |`,
    ),
    '',
    '## Held without protection too',
    '',
    ...PROGRAMS.flatMap(({ id, harmlessUnprotected }) =>
      harmlessUnprotected ? [`- \`${id}\`: ${harmlessUnprotected}`] : [],
    ),
    '',
  ].join('\n')
}
