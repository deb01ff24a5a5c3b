import { SoukError } from '../souk-error'

export interface GateOptions {
  /** How many may be inside at a time. */
  readonly places: number
  /** How many may wait outside. */
  readonly waiting: number
  readonly waitMs: number
  /** Said to those who are turned away. */
  readonly overloaded: () => SoukError
}

export interface Gate {
  /**
   * Waits for a place, in order of arrival.
   *
   * @returns What gives the place back; calling it again does nothing.
   * @throws The `overloaded` error, or the signal's reason.
   */
  enter(signal: AbortSignal): Promise<() => void>
  /** How many are inside or wait. */
  readonly size: number
}

/** Makes a gate that lets a bounded number in, and a bounded number wait for a bounded time. */
export const createGate = ({ places, waiting, waitMs, overloaded }: GateOptions): Gate => {
  const queue = new Set<() => void>()
  let inside = 0

  const leaver = () => {
    let left = false
    return () => {
      if (left) return
      left = true
      inside--
      const [next] = queue
      next?.()
    }
  }

  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        queue.delete(admit)
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        settle()
      }
      const admit = () =>
        end(() => {
          inside++
          resolve()
        })
      const onAbort = () => end(() => reject(signal.reason))
      const timer = setTimeout(() => end(() => reject(overloaded())), waitMs)
      signal.addEventListener('abort', onAbort)
      queue.add(admit)
    })

  return {
    async enter(signal) {
      signal.throwIfAborted()
      if (inside < places) inside++
      else if (queue.size >= waiting) throw overloaded()
      else await wait(signal)
      return leaver()
    },
    get size() {
      return inside + queue.size
    },
  }
}

/** The usual `overloaded` of a gate in front of server functions. */
export const overloadedError = (waitMs: number): SoukError =>
  new SoukError('FUNCTION_OVERLOADED', 'Too many server functions of this app are running. Try again in a moment.', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  })
