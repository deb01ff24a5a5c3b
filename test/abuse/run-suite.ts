import type { AbuseProgram } from './program'
import { PROGRAMS } from './programs'
import { type Observation, prepareNeighbour, runProgram, type Subject } from './run-program'
import type { Theatre } from './theatre'

/** Those that fill the memory of the machine run one after another. */
const isHeavy = ({ harm }: AbuseProgram): boolean => harm === 'hoards'

const inTurns = async <T, R>(items: readonly T[], atATime: number, run: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await run(item))
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}

const runAll = async (
  programs: readonly AbuseProgram[],
  run: (program: AbuseProgram) => Promise<Observation>,
): Promise<ReadonlyMap<string, Observation>> => {
  const observations = [
    ...(await inTurns(
      programs.filter((program) => !isHeavy(program)),
      6,
      run,
    )),
    ...(await inTurns(programs.filter(isHeavy), 2, run)),
  ]
  return new Map(observations.map((observation) => [observation.id, observation]))
}

/** Runs all programs against one runtime, with one neighbour beside them. */
export const runSuite = async (
  subject: Subject,
  theatre: Theatre,
  programs = PROGRAMS,
  onSeen: (observation: Observation) => void = () => {},
): Promise<ReadonlyMap<string, Observation>> => {
  const fingerprint = await prepareNeighbour(subject, theatre.secret)
  return runAll(programs, async (program) => {
    const observation = await runProgram(subject, program, theatre, fingerprint)
    onSeen(observation)
    return observation
  })
}

/** Runs each program against a subject of its own, which it may destroy. */
export const runControl = (
  create: (programId: string) => Promise<Subject>,
  theatre: Theatre,
  programs = PROGRAMS,
  onSeen: (observation: Observation) => void = () => {},
): Promise<ReadonlyMap<string, Observation>> =>
  runAll(programs, async (program) => {
    const subject = await create(program.id)
    try {
      const fingerprint = await prepareNeighbour(subject, theatre.secret)
      const observation = await runProgram(subject, program, theatre, fingerprint)
      onSeen(observation)
      return observation
    } finally {
      await subject.runtime.dispose()
    }
  })
