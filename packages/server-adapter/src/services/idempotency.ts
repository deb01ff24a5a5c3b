import { SoukError } from '../souk-error'

export interface IdempotentCalls<T> {
  /** Runs `work`, or answers with what the same key of the same content came to or is coming to. Failures are not kept. */
  run(key: string, fingerprint: string, work: () => Promise<T>): Promise<T>
}

export interface IdempotencyOptions<T> {
  readonly sizeBytes: (value: T) => number
  readonly maxBytes?: number
  readonly maxEntries?: number
  readonly ttlMs?: number
  /** Milliseconds. */
  readonly now?: () => number
}

interface Entry<T> {
  readonly fingerprint: string
  readonly value: Promise<T>
  /** Set when it is done. */
  expiresAt?: number
  bytes: number
}

/** Remembers results in this process for a while. What runs is always kept; of what is done, the oldest goes first. */
export const createIdempotentCalls = <T>({
  sizeBytes,
  maxBytes = 32 * 1024 * 1024,
  maxEntries = 2000,
  ttlMs = 10 * 60_000,
  now = Date.now,
}: IdempotencyOptions<T>): IdempotentCalls<T> => {
  const entries = new Map<string, Entry<T>>()
  let bytes = 0

  const forget = (key: string, entry: Entry<T>): void => {
    if (entries.get(key) !== entry) return
    entries.delete(key)
    bytes -= entry.bytes
  }

  const trim = (): void => {
    for (const [key, entry] of entries) {
      if (entry.expiresAt === undefined) continue
      if (entry.expiresAt > now() && bytes <= maxBytes && entries.size <= maxEntries) break
      forget(key, entry)
    }
  }

  return {
    async run(key, fingerprint, work) {
      trim()
      const known = entries.get(key)
      if (known) {
        if (known.fingerprint === fingerprint) return known.value
        throw new SoukError(
          'CONFLICT',
          'This idempotency key was used for another call. Use a new key for every call, and the same one only to repeat it.',
        )
      }
      const entry: Entry<T> = { fingerprint, value: work(), bytes: 0 }
      entries.set(key, entry)
      try {
        const value = await entry.value
        entry.bytes = sizeBytes(value)
        entry.expiresAt = now() + ttlMs
        bytes += entry.bytes
        // To the end, so that the map is in the order in which results expire.
        entries.delete(key)
        entries.set(key, entry)
        trim()
        return value
      } catch (error) {
        forget(key, entry)
        throw error
      }
    },
  }
}
