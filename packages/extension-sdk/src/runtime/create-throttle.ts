import type { BridgeLimits } from '../protocol/limits'

/** What may go through: pieces of work, and the bytes they carry. */
export type ThrottleRate = Pick<BridgeLimits, 'messagesPerSecond' | 'messageBurst' | 'bytesPerSecond' | 'byteBurst'>

/** Lets work through at a sustained rate with bursts, and makes the rest wait its turn. */
export interface Throttle {
  /** Runs `work` now or in turn. */
  run(bytes: number, work: () => void): void
  /** How long what waits takes to go through at the sustained rate, in seconds. */
  backlogSeconds(): number
  /** Lets nothing through until `resume`. */
  pause(): void
  resume(): void
  dispose(): void
}

export interface ThrottleOptions {
  /** Asked each time, because the product sends its limits later. */
  readonly rate: () => ThrottleRate
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

interface Waiting {
  readonly bytes: number
  readonly work: () => void
}

export const createThrottle = ({ rate, now = () => performance.now() }: ThrottleOptions): Throttle => {
  const waiting: Waiting[] = []
  let waitingBytes = 0
  let tokens = rate().messageBurst
  let byteTokens = rate().byteBurst
  let refilledAt = now()
  let isPaused = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const refill = () => {
    const { messagesPerSecond, messageBurst, bytesPerSecond, byteBurst } = rate()
    const time = now()
    const seconds = (time - refilledAt) / 1_000
    tokens = Math.min(messageBurst, tokens + seconds * messagesPerSecond)
    byteTokens = Math.min(byteBurst, byteTokens + seconds * bytesPerSecond)
    refilledAt = time
  }

  const secondsToNext = () => {
    const { messagesPerSecond, bytesPerSecond } = rate()
    return Math.max((1 - tokens) / messagesPerSecond, -byteTokens / bytesPerSecond)
  }

  const drain = () => {
    timer = undefined
    refill()
    // A piece may overdraw the bytes once, or one that is larger than the burst could never go.
    while (tokens >= 1 && byteTokens >= 0) {
      const next = waiting.shift()
      if (!next) return
      tokens--
      byteTokens -= next.bytes
      waitingBytes -= next.bytes
      next.work()
    }
    if (waiting.length > 0 && !isPaused) timer = setTimeout(drain, Math.max(1, Math.ceil(secondsToNext() * 1_000)))
  }

  return {
    run(bytes, work) {
      waiting.push({ bytes, work })
      waitingBytes += bytes
      if (timer === undefined && !isPaused) drain()
    },
    backlogSeconds: () => Math.max(waiting.length / rate().messagesPerSecond, waitingBytes / rate().bytesPerSecond),
    pause() {
      isPaused = true
      clearTimeout(timer)
      timer = undefined
    },
    resume() {
      isPaused = false
      if (timer === undefined) drain()
    },
    dispose() {
      clearTimeout(timer)
      waiting.length = waitingBytes = 0
    },
  }
}
