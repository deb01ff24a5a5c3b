import { type Context, createContext } from 'react'

/**
 * A React context that is the same in every copy of the SDK in this realm: the runtime provides it, and what is bundled
 * with an app reads it.
 */
export const sharedContext = <T>(name: string, value: T): Context<T> => {
  const key = Symbol.for(`souk.context.${name}`)
  const known: unknown = Reflect.get(globalThis, key)
  // Only this function sets it, always for the same name.
  if (known) return known as Context<T>
  const context = createContext(value)
  Reflect.set(globalThis, key, context)
  return context
}
