import { buildUnfiltered } from './assets'
import type { Attack, AttackResult, ControlResult, Isolation } from './attack'
import { attacks as allAttacks } from './attacks'
import { runControls } from './controls'
import { runMode } from './run-mode'
import { buildPage } from './world/build-page'

export interface SuiteOptions {
  readonly modes?: readonly Isolation[]
  /** Ids of attacks; all when absent. */
  readonly only?: readonly string[]
  /** Without the attacks that take long. */
  readonly quick?: boolean
  readonly controls?: boolean
  readonly onResult?: (result: AttackResult) => void
}

export interface SuiteResult {
  readonly attacks: readonly AttackResult[]
  readonly controls: readonly ControlResult[]
}

const chosen = ({ only, quick = false }: SuiteOptions): readonly Attack[] =>
  allAttacks.filter(({ id, isLong }) => !(quick && isLong) && (!only || only.some((part) => id.includes(part))))

/** Runs every attack in every mode, then each control. */
export const runSuite = async (options: SuiteOptions = {}): Promise<SuiteResult> => {
  const { modes = ['origin', 'opaque'], controls = true, onResult } = options
  const page = await buildPage()
  const assets = { unfiltered: await buildUnfiltered() }
  const attacks: AttackResult[] = []
  for (const mode of modes)
    attacks.push(
      ...(await runMode({ mode, attacks: chosen(options), page, assets, ...(onResult ? { onResult } : {}) })),
    )
  return { attacks, controls: controls ? await runControls() : [] }
}

/** What is wrong with a result, if anything: an attack that succeeded and is not on the honest list, or one that never ran. */
export const findSurprise = ({ id, mode, outcome, evidence }: AttackResult): string | undefined => {
  const attack = allAttacks.find((candidate) => candidate.id === id)
  const expected = attack?.notBlockable?.modes.includes(mode) ? 'succeeded' : 'blocked'
  return outcome === expected ? undefined : `${id} (${mode}) ${outcome}, expected ${expected}: ${evidence}`
}
