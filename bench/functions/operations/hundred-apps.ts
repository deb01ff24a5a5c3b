import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { startBareChild } from '../contenders/bare'
import { loadHere } from '../contenders/in-process'
import { createCaller } from '../contenders/souk'
import { figuresOf, type Results, takeTurns, timeOf } from '../measure'
import type { Stage } from './stage'

const childrenOfThis = (): number[] => {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1')
  return text.split(' ').filter(Boolean).map(Number)
}

/** What a process holds in megabytes: all its pages, and what would be free again if it ended, shared pages by their share. */
const memoryOf = (pid: number) => {
  const megabytesOf = (name: string) => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(
      readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'),
    )
    return Number(kilobytes?.[1] ?? Number.NaN) / 1024
  }
  return { residentMb: megabytesOf('Rss'), ownShareMb: megabytesOf('Pss') }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Linux alone tells what a process holds. */
const measureMemory = (pids: readonly number[]) => {
  const memory = pids.map(memoryOf)
  return {
    residentMbEach: mean(memory.map(({ residentMb }) => residentMb)),
    ownShareMbEach: mean(memory.map(({ ownShareMb }) => ownShareMb)),
  }
}

/** Calls of one busy app while as many others sit idle as a runtime keeps. `quiet` is the same before they came. */
export const measureHundredApps = async ({ bundle, isQuick, say }: Stage): Promise<Results> => {
  const apps = isQuick ? 3 : 100
  const bare = startBareChild()
  const before = process.platform === 'linux' ? childrenOfThis() : []
  const runtime = createProcessRuntime({ poolSize: 0, limits: { processes: apps, loadMs: 60_000 } })
  try {
    const caller = createCaller(runtime, bundle)
    const inProcess = await loadHere(bundle.source, 'hundred')
    const measure = () =>
      takeTurns(
        {
          souk: () => timeOf(() => caller.total('busy')),
          bare: () => timeOf(bare.ping),
          inProcess: () => timeOf(inProcess),
        },
        isQuick ? 20 : 1000,
        isQuick ? 1 : 100,
      )
    const pids = () => (process.platform === 'linux' ? childrenOfThis().filter((pid) => !before.includes(pid)) : [])
    const quiet = await measure()
    for (let app = 1; app < apps; app++) {
      await caller.total(`idle-${app}`)
      if (app % 25 === 0) say(`${app} idle apps`)
    }
    await delay(isQuick ? 0 : 2000)
    const memory = measureMemory(pids())
    const crowded = await measure()
    // More than there may be: those that were idle longest go.
    for (let app = 0; app < Math.ceil(apps / 10); app++) await caller.total(`more-${app}`)
    await caller.total('busy')
    const figures = (name: keyof typeof quiet, more = {}) =>
      figuresOf(crowded[name], { quietP99Ms: figuresOf(quiet[name]).p99Ms, ...more })
    return {
      souk: figures('souk', { apps, ...memory, processesAfterMore: runtime.stats().processes }),
      bare: figures('bare'),
      inProcess: figures('inProcess'),
    }
  } finally {
    bare.close()
    await runtime.dispose()
  }
}
