import { createHardenedRuntime, createProcessRuntime } from '@souk/server-adapter/runtime'
import { createRemotePair } from '../../packages/server-adapter/src/runtime/remote/remote-test-kit'
import type { AbuseProgram, Harm } from './program'
import { type CreateRuntime, createProtected } from './protected-subject'
import type { Observation } from './run-program'
import { runControl, runSuite } from './run-suite'
import type { Theatre } from './theatre'
import { createUnprotected } from './unprotected-runtime'

/** What the suite runs against. The last is the control: a suite that does not catch it proves nothing. */
export const CONTENDERS = ['embedded', 'hardened', 'remote', 'unprotected'] as const
export type Contender = (typeof CONTENDERS)[number]
export type Outcomes = Partial<Record<Contender, Readonly<Record<string, readonly Harm[]>>>>

export interface ContenderRun {
  readonly seen: ReadonlyMap<string, Observation>
  /** What should not be, a sentence each. */
  readonly complaints: readonly string[]
}

const complainOfHarm = ({ id, expects }: AbuseProgram, seen: Observation | undefined): string[] => {
  if (!seen?.ran) return [`${id} never ran.`]
  return [
    ...seen.harms.map((harm) => `${id} succeeded: ${harm}.`),
    ...(expects && !expects.includes(seen.told)
      ? [`${id} was told ${seen.told} instead of ${expects.join(' or ')}.`]
      : []),
  ]
}

const complainOfPeace = ({ id, harm, harmlessUnprotected }: AbuseProgram, seen: Observation | undefined): string[] => {
  const isCaught = seen !== undefined && seen.harms.length > 0
  return isCaught || harmlessUnprotected !== undefined ? [] : [`${id} was not seen to do harm (${harm}) unprotected.`]
}

const PROTECTED: Readonly<Record<Exclude<Contender, 'unprotected'>, CreateRuntime>> = {
  embedded: createProcessRuntime,
  hardened: createHardenedRuntime,
  remote: createRemotePair,
}

/** Runs programs against one of them, and judges. */
export const runContender = async (
  contender: Contender,
  theatre: Theatre,
  programs: readonly AbuseProgram[],
  onSeen?: (observation: Observation) => void,
): Promise<ContenderRun> => {
  if (contender === 'unprotected') {
    const seen = await runControl((id) => createUnprotected(theatre, id), theatre, programs, onSeen)
    return { seen, complaints: programs.flatMap((program) => complainOfPeace(program, seen.get(program.id))) }
  }
  const subject = await createProtected(PROTECTED[contender], theatre)
  try {
    const seen = await runSuite(subject, theatre, programs, onSeen)
    return { seen, complaints: programs.flatMap((program) => complainOfHarm(program, seen.get(program.id))) }
  } finally {
    await subject.runtime.dispose()
  }
}
