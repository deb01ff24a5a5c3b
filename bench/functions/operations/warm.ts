import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { startBareChild } from '../contenders/bare'
import { loadHere } from '../contenders/in-process'
import { createCaller } from '../contenders/souk'
import { figuresOf, median, type Results, takeTurns, throughputOf, timeOf } from '../measure'
import type { Stage } from './stage'

/** A call of a function whose process is there, one at a time and with 64 on their way. */
export const measureWarm = async ({ bundle, isQuick }: Stage): Promise<Results> => {
  const runtime = createProcessRuntime({ poolSize: 0, limits: { loadMs: 60_000 } })
  const bare = startBareChild()
  try {
    const caller = createCaller(runtime, bundle)
    const calls = {
      souk: () => caller.total('warm'),
      bare: bare.ping,
      inProcess: await loadHere(bundle.source, 'warm'),
    }
    const single = await takeTurns(
      {
        souk: () => timeOf(calls.souk),
        bare: () => timeOf(calls.bare),
        inProcess: () => timeOf(calls.inProcess),
      },
      isQuick ? 20 : 3000,
      isQuick ? 2 : 500,
    )
    const many = isQuick ? 128 : 2560
    const perSecond = await takeTurns(
      {
        souk: () => throughputOf(calls.souk, 64, many),
        bare: () => throughputOf(calls.bare, 64, many),
        inProcess: () => throughputOf(calls.inProcess, 64, many),
      },
      isQuick ? 1 : 9,
      1,
    )
    return {
      souk: figuresOf(single.souk, { perSecond: median(perSecond.souk) }),
      bare: figuresOf(single.bare, { perSecond: median(perSecond.bare) }),
      inProcess: figuresOf(single.inProcess, { perSecond: median(perSecond.inProcess) }),
    }
  } finally {
    bare.close()
    await runtime.dispose()
  }
}
