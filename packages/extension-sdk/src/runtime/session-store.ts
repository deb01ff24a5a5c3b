import type { Session } from '../client/client-runtime'
import { SdkError } from '../sdk-error'

export interface SessionStore {
  /** @throws {SdkError} `CLOSED` before the product has sent `init`. */
  get(): Session
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
