import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// A context made after the flag was set has the collector, whatever this process was started with.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes of the heap that something still holds. */
export const heldBytes = async (): Promise<number> => {
  // What a first collection finalizes, a later one frees.
  for (let turn = 0; turn < 4; turn++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}
