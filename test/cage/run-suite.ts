import { buildUnfiltered } from './assets'
import type { Attack, AttackResult, ControlResult, Isolation, Theme } from './attack'
import { attacks as allAttacks } from './attacks'
import { runControls } from './controls'
import { runMode } from './run-mode'
import { buildPage } from './world/build-page'

export interface SuiteOptions {
  readonly modes?: readonly Isolation[]
  /** Ids of attacks; all when absent. */
  readonly only?: readonly string[]
  /** Without the attacks that take long, and in `opaque` only those for which the mode matters. */
  readonly quick?: boolean
  readonly controls?: boolean
  readonly onResult?: (result: AttackResult) => void
}

export interface SuiteResult {
  readonly attacks: readonly AttackResult[]
  readonly controls: readonly ControlResult[]
}

/** Where it matters in which of the two ways the frame lives; the rest meets the same code in both. */
const MODE_MATTERS: ReadonlySet<Theme> = new Set(['storage', 'page', 'escape'])

export const quickAttacks = (mode: Isolation): readonly Attack[] =>
  allAttacks.filter(
    ({ isLong, realm = 'worker', theme }) =>
      !isLong && (mode === 'origin' || realm === 'frame' || (realm === 'worker' && MODE_MATTERS.has(theme))),
  )

const chosen = ({ only, quick = false }: SuiteOptions, mode: Isolation): readonly Attack[] =>
  (quick ? quickAttacks(mode) : allAttacks).filter(({ id }) => !only || only.some((part) => id.includes(part)))

/** Runs every attack in every mode, then each control. */
export const runSuite = async (options: SuiteOptions = {}): Promise<SuiteResult> => {
  const { modes = ['origin', 'opaque'], controls = true, onResult } = options
  const page = await buildPage()
  const assets = { unfiltered: await buildUnfiltered() }
  const attacks: AttackResult[] = []
  for (const mode of modes)
    attacks.push(
      ...(await runMode({ mode, attacks: chosen(options, mode), page, assets, ...(onResult ? { onResult } : {}) })),
    )
  return { attacks, controls: controls ? await runControls() : [] }
}

/** What is wrong with a result, if anything: an attack that succeeded and is not on the honest list, or one that never ran. */
export const findSurprise = ({ id, mode, outcome, evidence }: AttackResult): string | undefined => {
  const attack = allAttacks.find((candidate) => candidate.id === id)
  const expected = attack?.notBlockable?.modes.includes(mode) ? 'succeeded' : 'blocked'
  return outcome === expected ? undefined : `${id} (${mode}) ${outcome}, expected ${expected}: ${evidence}`
}
