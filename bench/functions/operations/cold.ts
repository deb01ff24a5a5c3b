import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { runEmptyFile, startLoader } from '../contenders/bare'
import { loadHere } from '../contenders/in-process'
import { createCaller } from '../contenders/souk'
import { figuresOf, type Results, takeTurns, timeOf } from '../measure'
import type { Stage } from './stage'

/** Until a started process has nothing more to do. Nothing tells from outside when that is. */
const SETTLE_MS = 1000

/** The first call of an installation, when no process waits for it: `bare` runs an empty file. */
export const measureCold = async ({ bundle, deno, folder, isQuick }: Stage): Promise<Results> => {
  const runtime = createProcessRuntime({ poolSize: 0, limits: { loadMs: 60_000 } })
  const empty = join(folder, 'empty.js')
  writeFileSync(empty, '')
  try {
    const caller = createCaller(runtime, bundle)
    let count = 0
    const times = await takeTurns(
      {
        souk: async () => {
          const installationId = `cold-${count++}`
          const taken = await timeOf(() => caller.total(installationId))
          await runtime.unload(installationId)
          return taken
        },
        bare: () => timeOf(() => runEmptyFile(deno, empty)),
        inProcess: () => timeOf(async () => (await loadHere(bundle.source, `cold ${count++}`))()),
      },
      isQuick ? 2 : 20,
      1,
    )
    return { souk: figuresOf(times.souk), bare: figuresOf(times.bare), inProcess: figuresOf(times.inProcess) }
  } finally {
    await runtime.dispose()
  }
}

/** The first call of an installation, when one process waits: `bare` evaluates the bundle in a Deno process that waited. */
export const measureColdPooled = async ({ bundle, deno, isQuick }: Stage): Promise<Results> => {
  const runtime = createProcessRuntime({ poolSize: 1, limits: { loadMs: 60_000 } })
  try {
    const caller = createCaller(runtime, bundle)
    let count = 0
    const settle = () => delay(isQuick ? 0 : SETTLE_MS)
    const times = await takeTurns(
      {
        souk: async () => {
          const installationId = `pooled-${count++}`
          await settle()
          const taken = await timeOf(() => caller.total(installationId))
          await runtime.unload(installationId)
          return taken
        },
        bare: async () => {
          const loader = await startLoader(deno)
          // The runtime has started its next process meanwhile.
          await settle()
          const taken = await timeOf(() => loader.load(bundle.source))
          loader.close()
          return taken
        },
        inProcess: () => timeOf(async () => (await loadHere(bundle.source, `pooled ${count++}`))()),
      },
      isQuick ? 2 : 20,
      1,
    )
    return { souk: figuresOf(times.souk), bare: figuresOf(times.bare), inProcess: figuresOf(times.inProcess) }
  } finally {
    await runtime.dispose()
  }
}
