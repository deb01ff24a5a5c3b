/**
 * How much of a streamed result may be on its way between two sides that pass parts on: from a guest to its host, and from a worker to the
 * product. Whoever sends has credit for so many bytes and gets it back as the parts are taken; a part may start on the last byte of
 * credit, so that one larger than the window passes too. Runs on both sides, so it uses neither Node nor Deno.
 */
export const PART_WINDOW_BYTES = 128 * 1024

/** What a part costs beside its bytes, of the window and of the limit of a result: so that empty ones are bounded as well. */
const PART_COST_BYTES = 256

export const costOfPart = (bytes: number): number => bytes + PART_COST_BYTES

/** The side that sends. */
export interface PartCredit {
  /** Resolves when the next part may be sent; rejects with the signal's reason. */
  available(signal: AbortSignal): Promise<void>
  spend(bytes: number): void
  /** The other side took so many bytes, costs included. */
  restore(bytes: number): void
}

export const createPartCredit = (windowBytes: number): PartCredit => {
  let left = windowBytes
  let wake = () => {}

  return {
    async available(signal) {
      signal.throwIfAborted()
      if (left > 0) return
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => reject(signal.reason)
        signal.addEventListener('abort', onAbort)
        wake = () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        }
      })
    },
    spend(bytes) {
      left -= costOfPart(bytes)
    },
    restore(bytes) {
      left += bytes
      if (left > 0) wake()
    },
  }
}
