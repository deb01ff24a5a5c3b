import { HostError } from '../host-error'

/** What of the user's attention an extension may take: so many at once, and so many a second from then on. */
const BUDGETS = {
  dialog: { burst: 8, perSecond: 0.5 },
  toast: { burst: 6, perSecond: 1 },
  navigation: { burst: 4, perSecond: 0.5 },
  window: { burst: 1, perSecond: 1 },
} as const

export interface Attention {
  /** @throws {HostError} `RATE_LIMITED` when the extension has asked too often. */
  take(kind: keyof typeof BUDGETS): void
}

/** Keeps one extension from flooding the user with dialogs, toasts, pages and windows. */
export const createAttention = (appTitle: string, now: () => number = () => performance.now()): Attention => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(kind) {
      const { burst, perSecond } = BUDGETS[kind]
      const { tokens: left, at } = buckets.get(kind) ?? { tokens: burst, at: now() }
      const tokens = Math.min(burst, left + ((now() - at) / 1000) * perSecond)
      if (tokens < 1)
        throw new HostError(
          'RATE_LIMITED',
          `${appTitle} asks for the user's attention too often. Wait and try again.`,
          {
            retryAfterSeconds: Math.ceil((1 - tokens) / perSecond),
          },
        )
      buckets.set(kind, { tokens: tokens - 1, at: now() })
    },
  }
}
