export interface RateLimiter {
  /** Takes one token of the key's bucket. */
  take(key: string): { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number }
}

export interface TokenBucketOptions {
  /** How many may come at once. */
  readonly burst: number
  readonly perSecond: number
  /** How many buckets are kept; the one used longest ago goes first. */
  readonly maxKeys?: number
  /** Milliseconds. */
  readonly now?: () => number
}

/** Token buckets in the memory of this process. With several processes each has its own: pass a limiter over a shared store instead. */
export const createTokenBucket = ({
  burst,
  perSecond,
  maxKeys = 10_000,
  now = Date.now,
}: TokenBucketOptions): RateLimiter => {
  const buckets = new Map<string, { tokens: number; at: number }>()

  return {
    take(key) {
      const at = now()
      const known = buckets.get(key)
      const tokens = known ? Math.min(burst, known.tokens + (Math.max(0, at - known.at) / 1000) * perSecond) : burst
      const allowed = tokens >= 1
      // Deleted first, so that the map stays in the order of use.
      buckets.delete(key)
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at })
      const [oldest] = buckets.keys()
      if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest)
      return allowed ? { ok: true } : { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / perSecond)) }
    },
  }
}
