export interface Heartbeat {
  /** The other side is there: it starts the clock the first time. */
  seen(): void
  answered(requestId: string): void
  dispose(): void
}

export interface HeartbeatOptions {
  readonly intervalMs: number
  /** How many intervals in a row may pass without an answer. */
  readonly misses: number
  readonly ping: (requestId: string) => void
  readonly onSilent: () => void
}

/** Answers to these requests are the relay's own. */
export const HEARTBEAT_PREFIX = 'relay-'

/** Asks again and again whether the worker still answers. It starts with the worker's first message: loading may take its time. */
export const createHeartbeat = ({ intervalMs, misses, ping, onSilent }: HeartbeatOptions): Heartbeat => {
  let timer: ReturnType<typeof setInterval> | undefined
  let count = 0
  let missed = 0

  const beat = () => {
    if (missed >= misses) {
      clearInterval(timer)
      return onSilent()
    }
    missed++
    ping(`${HEARTBEAT_PREFIX}${++count}`)
  }

  return {
    seen() {
      timer ??= setInterval(beat, intervalMs)
    },
    answered(requestId) {
      if (requestId === `${HEARTBEAT_PREFIX}${count}`) missed = 0
    },
    dispose: () => clearInterval(timer),
  }
}
