import type { Session } from '../client/client-runtime'
import { SdkError } from '../sdk-error'

export interface SessionStore {
  /** @throws {SdkError} `CLOSED` before the product has sent `init`. */
  get(): Session
  /** Whether the product has said that it has a capability. */
  has(capability: string): boolean
  set(session: Session): void
  subscribe(listener: () => void): () => void
}

export const createSessionStore = (): SessionStore => {
  const listeners = new Set<() => void>()
  let current: Session | undefined
  return {
    get() {
      if (!current)
        throw new SdkError(
          'CLOSED',
          'The product has not told yet where this runs. Ask from a component or an event handler.',
        )
      return current
    },
    has: (capability) => current?.capabilities.includes(capability) === true,
    set(session) {
      current = session
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
