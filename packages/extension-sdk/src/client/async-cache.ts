import { encodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { isAsyncIterable } from './read-parts'

// biome-ignore lint/suspicious/noExplicitAny: it stands for every function; the hooks type the arguments and the result.
export type AsyncFunction = (...args: any[]) => Promise<unknown>

/** Results of async functions by function and arguments. The oldest go first when it is full. */
export interface AsyncCache {
  read(fn: AsyncFunction, args: readonly unknown[]): Promise<unknown>
  /** Forgets the results of one call, or of every call of the function when `args` is left out. */
  invalidate(fn: AsyncFunction, args?: readonly unknown[]): void
  /** A number that changes with every invalidation. */
  version(): number
  subscribe(listener: () => void): () => void
}

const MAX_ENTRIES = 500
/** How long a failure is remembered: long enough to be shown, short enough that mounting again tries again. */
const FAILURE_TTL_MS = 2_000

interface Entry {
  readonly fn: AsyncFunction
  readonly key: string
  readonly promise: Promise<unknown>
  failedAt?: number
}

const keyOf = (args: readonly unknown[]): string => {
  const encoded = encodeValue(args, 'The arguments of useAsyncCache')
  if (isRefusal(encoded))
    throw new SdkError('VALUE_NOT_SENDABLE', `A cached call needs plain arguments. ${encoded.refused}`)
  return encoded.text
}

/** A stream is read once, by one reader, so it cannot be shared. */
const refuseStream = async (result: unknown): Promise<unknown> => {
  if (!isAsyncIterable(result)) return result
  // Leaving a loop ends the function; an iterator that was never asked for a value does nothing when it is left.
  for await (const _ of result) break
  throw new SdkError(
    'INVALID_INPUT',
    'useAsyncCache was given a function that streams its result. Use useStream for it.',
  )
}

export const createAsyncCache = (): AsyncCache => {
  const entries = new Set<Entry>()
  const byFunction = new Map<AsyncFunction, Map<string, Entry>>()
  const listeners = new Set<() => void>()
  let version = 0

  const forget = (entry: Entry) => {
    entries.delete(entry)
    const calls = byFunction.get(entry.fn)
    if (calls?.get(entry.key) !== entry) return
    calls.delete(entry.key)
    if (calls.size === 0) byFunction.delete(entry.fn)
  }

  const start = (fn: AsyncFunction, key: string, args: readonly unknown[]): Entry => {
    const entry: Entry = { fn, key, promise: Promise.resolve(fn(...args)).then(refuseStream) }
    entry.promise.catch(() => {
      entry.failedAt = Date.now()
    })
    entries.add(entry)
    byFunction.set(fn, (byFunction.get(fn) ?? new Map<string, Entry>()).set(key, entry))
    const [oldest] = entries
    if (oldest && entries.size > MAX_ENTRIES) forget(oldest)
    return entry
  }

  return {
    read(fn, args) {
      const key = keyOf(args)
      const known = byFunction.get(fn)?.get(key)
      const isStale = known?.failedAt !== undefined && Date.now() - known.failedAt > FAILURE_TTL_MS
      if (known && !isStale) return known.promise
      if (known) forget(known)
      return start(fn, key, args).promise
    },
    invalidate(fn, args) {
      const key = args && keyOf(args)
      for (const entry of [...(byFunction.get(fn)?.values() ?? [])]) {
        if (key === undefined || entry.key === key) forget(entry)
      }
      version++
      for (const listener of listeners) listener()
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
