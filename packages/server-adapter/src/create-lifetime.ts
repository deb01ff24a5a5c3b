import { SoukError } from './souk-error'

/** What runs, and the end of it. */
export interface Lifetime {
  /**
   * Runs `work`, and keeps `close` waiting for it.
   *
   * @throws {SoukError} `SHUTTING_DOWN` once `close` was called, without running it.
   */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Keeps `close` waiting for what goes on after the `run` that began it: an answer that is still being sent. */
  extend(work: Promise<unknown>): void
  /** Refuses what comes from now on, waits for what runs and then calls `end`, once; after `timeoutMs` without waiting any longer. */
  close(): Promise<void>
}

export const createLifetime = (end: () => Promise<void>, timeoutMs: number): Lifetime => {
  let running = 0
  let closing: Promise<void> | undefined
  let becameIdle = () => {}

  const waitAndEnd = async (): Promise<void> => {
    if (running > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        becameIdle = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    await end()
  }

  const track = async <T>(work: Promise<T>): Promise<T> => {
    running++
    try {
      return await work
    } finally {
      running--
      if (running === 0) becameIdle()
    }
  }

  return {
    async run(work) {
      if (closing)
        throw new SoukError(
          'SHUTTING_DOWN',
          'This server is about to stop. Send the request again; another one takes it.',
          {
            retryAfterSeconds: 1,
          },
        )
      return track(work())
    },
    extend(work) {
      // Whoever began it hears of its failure.
      track(work).catch(() => {})
    },
    close() {
      closing ??= waitAndEnd()
      return closing
    },
  }
}
