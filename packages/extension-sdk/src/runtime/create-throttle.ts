/** Lets work through at a sustained rate with bursts, and makes the rest wait its turn. */
export interface Throttle {
  /** Runs `work` now or in turn. Says false when too much is waiting already; then `work` never runs. */
  run(work: () => void): boolean
  dispose(): void
}

export interface ThrottleOptions {
  /** Asked each time, because the product sends its limits later. */
  readonly rate: () => { readonly perSecond: number; readonly burst: number }
  /** How many seconds' worth may wait. */
  readonly backlogSeconds: number
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

export const createThrottle = ({ rate, backlogSeconds, now = () => performance.now() }: ThrottleOptions): Throttle => {
  const waiting: (() => void)[] = []
  let tokens = rate().burst
  let refilledAt = now()
  let timer: ReturnType<typeof setTimeout> | undefined

  const refill = () => {
    const { perSecond, burst } = rate()
    const time = now()
    tokens = Math.min(burst, tokens + ((time - refilledAt) / 1_000) * perSecond)
    refilledAt = time
  }

  const drain = () => {
    timer = undefined
    refill()
    while (tokens >= 1 && waiting.length > 0) {
      tokens--
      waiting.shift()?.()
    }
    if (waiting.length > 0) timer = setTimeout(drain, Math.ceil(((1 - tokens) / rate().perSecond) * 1_000))
  }

  return {
    run(work) {
      if (waiting.length >= rate().perSecond * backlogSeconds) return false
      waiting.push(work)
      if (timer === undefined) drain()
      return true
    },
    dispose() {
      clearTimeout(timer)
      waiting.length = 0
    },
  }
}
