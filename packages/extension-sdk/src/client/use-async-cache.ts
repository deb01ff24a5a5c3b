import { use, useSyncExternalStore } from 'react'
import type { AsyncFunction } from './async-cache'
import { getClientRuntime } from './client-runtime'

/**
 * The result of an async function, fetched once for the same function and arguments and shared by all who ask.
 *
 * Suspends until it is there; put a `<Suspense>` around. What the function throws reaches the nearest error boundary.
 *
 * @param fn A function that stays the same over renders, such as a server function. One written in the component is new each time.
 */
export const useAsyncCache = <A extends readonly unknown[], R>(
  fn: (...args: A) => Promise<R>,
  ...args: NoInfer<A>
): R => {
  const { asyncCache } = getClientRuntime('useAsyncCache')
  useSyncExternalStore(asyncCache.subscribe, asyncCache.version)
  // The cache keys promises by the function, so what comes back is what this function promised.
  return use(asyncCache.read(fn as unknown as AsyncFunction, args) as Promise<R>)
}

/** Forgets what `useAsyncCache` holds of a function, for these arguments or for all; components that show it fetch anew. */
export const invalidateAsyncCache = <A extends readonly unknown[]>(
  fn: (...args: A) => Promise<unknown>,
  ...args: NoInfer<A> | []
): void => {
  const { asyncCache } = getClientRuntime('invalidateAsyncCache')
  asyncCache.invalidate(fn as unknown as AsyncFunction, args.length > 0 ? args : undefined)
}
