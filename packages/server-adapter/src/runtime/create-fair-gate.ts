import type { SoukError } from '../souk-error'

export interface FairGateOptions {
  /** How many may be inside at a time. */
  readonly places: number
  /** How many of one key. */
  readonly placesPerKey: number
  /** How many of one key may wait outside, so that nobody fills the queue for the others. */
  readonly waitingPerKey: number
  readonly waitMs: number
  /** Said to those who are turned away. */
  readonly overloaded: () => SoukError
}

export interface FairGate {
  /**
   * Waits for a place. Keys take turns; those of one key are served in order of arrival.
   *
   * @returns What gives the place back; calling it again does nothing.
   * @throws The `overloaded` error, or the signal's reason.
   */
  enter(key: string, signal: AbortSignal): Promise<() => void>
}

/** Makes a gate in which a key that sends much waits for itself, and one that sends little hardly at all. */
export const createFairGate = (options: FairGateOptions): FairGate => {
  const inside = new Map<string, number>()
  /** The key that was served last is the last. */
  const queues = new Map<string, Set<() => void>>()
  let taken = 0

  const hasPlace = (key: string): boolean => taken < options.places && (inside.get(key) ?? 0) < options.placesPerKey

  const take = (key: string): (() => void) => {
    taken++
    inside.set(key, (inside.get(key) ?? 0) + 1)
    let left = false
    return () => {
      if (left) return
      left = true
      taken--
      const rest = (inside.get(key) ?? 1) - 1
      if (rest > 0) inside.set(key, rest)
      else inside.delete(key)
      admitNext()
    }
  }

  const admitNext = (): void => {
    for (const [key, queue] of queues) {
      if (!hasPlace(key)) continue
      const [admit] = queue
      queues.delete(key)
      queues.set(key, queue)
      admit?.()
      return
    }
  }

  const wait = (key: string, signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const queue = queues.get(key) ?? new Set()
      queues.set(key, queue)
      const end = (settle: () => void) => {
        queue.delete(admit)
        if (queue.size === 0) queues.delete(key)
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        settle()
      }
      const admit = () => end(() => resolve(take(key)))
      const onAbort = () => end(() => reject(signal.reason))
      const timer = setTimeout(() => end(() => reject(options.overloaded())), options.waitMs)
      signal.addEventListener('abort', onAbort)
      queue.add(admit)
    })

  return {
    async enter(key, signal) {
      signal.throwIfAborted()
      const queue = queues.get(key)
      // Who comes while others of the key wait, waits behind them.
      if (!queue && hasPlace(key)) return take(key)
      if ((queue?.size ?? 0) >= options.waitingPerKey) throw options.overloaded()
      return wait(key, signal)
    },
  }
}
