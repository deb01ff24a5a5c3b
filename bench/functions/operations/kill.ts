import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { startBareChild } from '../contenders/bare'
import { createCaller } from '../contenders/souk'
import { figuresOf, type Results, takeTurns, timeOf } from '../measure'
import type { Stage } from './stage'

const DEADLINE_MS = 200

/**
 * From the deadline of a busy loop to the error of its caller, and what a neighbour notices. `bare` is the end of a child process
 * that loops; nothing ends a loop in this process, so there is no `inProcess`.
 */
export const measureKill = async ({ bundle, isQuick }: Stage): Promise<Results> => {
  const runtime = createProcessRuntime({ poolSize: 1, limits: { loadMs: 60_000 } })
  try {
    const caller = createCaller(runtime, bundle)
    const quiet: number[] = []
    const disturbed: number[] = []
    const callNeighbour = async (times: number[]) => void times.push(await timeOf(() => caller.total('neighbour')))
    for (let call = 0; call < 20; call++) await caller.total('neighbour')

    const late = await takeTurns(
      {
        souk: async () => {
          // The process is there; what is measured is its end.
          await caller.total('loops')
          for (let call = 0; call < 20; call++) await callNeighbour(quiet)
          let isOver = false
          const spinning = timeOf(() => caller.spin('loops', DEADLINE_MS)).finally(() => {
            isOver = true
          })
          while (!isOver) await callNeighbour(disturbed)
          return (await spinning) - DEADLINE_MS
        },
        bare: async () => {
          const child = startBareChild()
          await child.ping()
          return (await timeOf(() => child.spinAndKill(DEADLINE_MS))) - DEADLINE_MS
        },
      },
      isQuick ? 2 : 20,
      1,
    )
    return {
      souk: figuresOf(late.souk, {
        neighbourQuietP99Ms: figuresOf(quiet).p99Ms,
        neighbourP99Ms: figuresOf(disturbed).p99Ms,
        neighbourCalls: disturbed.length,
      }),
      bare: figuresOf(late.bare),
    }
  } finally {
    await runtime.dispose()
  }
}
