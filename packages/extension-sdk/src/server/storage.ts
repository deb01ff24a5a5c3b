import { ConflictError } from '../errors/server-errors'
import { askPlatform } from './call-context'
import { getConnection } from './connections'

export interface StorageOptions {
  /** Whose values these are. Those of `connection` are removed with it: it is the one that `getConnection()` gives. Default `installation`. */
  readonly scope?: 'installation' | 'connection'
  /** One connection of several, instead of a scope. */
  readonly connectionId?: string
}

export interface SetOptions extends StorageOptions {
  /** The value is gone after so many seconds. Default: it stays. */
  readonly ttlSeconds?: number
}

export interface ListOptions extends StorageOptions {
  /** Only keys that begin with it. */
  readonly prefix?: string
  /** `nextCursor` of the page before. */
  readonly cursor?: string
  /** 1 to 100. Default 100. */
  readonly limit?: number
}

export interface StoredValue<T> {
  readonly key: string
  readonly value: T
  readonly expiresAt: Date | null
}

/**
 * Values by key, kept by the platform. They belong to the installation: no other organization or app sees them.
 *
 * Values are structured (Date, Map, Set and typed arrays too), at most 256 KB each; keys at most 500 characters. One installation may keep
 * 10,000 values and 10 MB; a write above throws `QUOTA_EXCEEDED`.
 */
export interface Collection {
  /** @returns `undefined` when there is none, or its time is over. */
  get<T = unknown>(key: string, options?: StorageOptions): Promise<T | undefined>
  set(key: string, value: unknown, options?: SetOptions): Promise<void>
  /** @returns Whether it was set: false when there is a value already. */
  setIfAbsent(key: string, value: unknown, options?: SetOptions): Promise<boolean>
  /**
   * Replaces a value that still is `expected`; `undefined` expects none.
   *
   * @returns Whether it was.
   */
  compareAndSet(key: string, expected: unknown, next: unknown, options?: SetOptions): Promise<boolean>
  /** Changes a value without losing what others write meanwhile: `change` runs again when somebody was faster. */
  update<T>(key: string, change: (current: T | undefined) => T | Promise<T>, options?: SetOptions): Promise<T>
  /** @returns Whether there was one. */
  remove(key: string, options?: StorageOptions): Promise<boolean>
  /** By key, in order. */
  list<T = unknown>(
    options?: ListOptions,
  ): Promise<{
    readonly items: readonly StoredValue<T>[]
    readonly nextCursor: string | null
  }>
}

const MAX_ATTEMPTS = 20

/** What the platform calls the owner of the values: a connection by its id, and the installation by none. */
const ownerOf = async ({ scope, connectionId }: StorageOptions): Promise<string> =>
  connectionId ?? (scope === 'connection' ? (await getConnection()).id : '')

const createCollection = (collection: string, outer: StorageOptions): Collection => {
  const placeOf = async (options: StorageOptions) => ({
    collection,
    connectionId: await ownerOf(options.scope || options.connectionId ? options : outer),
  })
  const get: Collection['get'] = async <T>(key: string, options: StorageOptions = {}) =>
    // What was stored is what its writer says it is.
    (await askPlatform('storage.get', { ...(await placeOf(options)), key })) as T | undefined
  const write = async (key: string, value: unknown, options: SetOptions, condition: object): Promise<boolean> => {
    const { ttlSeconds } = options
    const time = ttlSeconds === undefined ? {} : { ttlSeconds }
    return (
      (await askPlatform('storage.set', { ...(await placeOf(options)), key, value, ...condition, ...time })) === true
    )
  }
  const compareAndSet: Collection['compareAndSet'] = (key, expected, next, options = {}) =>
    write(key, next, options, expected === undefined ? { ifAbsent: true } : { ifEquals: expected })

  return {
    get,
    compareAndSet,
    set: async (key, value, options = {}) => void (await write(key, value, options, {})),
    setIfAbsent: (key, value, options = {}) => write(key, value, options, { ifAbsent: true }),
    async update<T>(key: string, change: (current: T | undefined) => T | Promise<T>, options: SetOptions = {}) {
      for (let attempt = 0; ; attempt++) {
        const current = await get<T>(key, options)
        const next = await change(current)
        if (attempt === MAX_ATTEMPTS)
          throw new ConflictError(`Too many others change ${key} at the same time. Try again.`)
        if (await compareAndSet(key, current, next, options)) return next
      }
    },
    remove: async (key, options = {}) =>
      (await askPlatform('storage.remove', { ...(await placeOf(options)), key })) === true,
    async list<T>({ prefix, cursor, limit, ...options }: ListOptions = {}) {
      const request = { ...(await placeOf(options)), prefix, cursor, limit }
      // The platform answers with exactly this.
      return (await askPlatform('storage.list', request)) as {
        items: readonly StoredValue<T>[]
        nextCursor: string | null
      }
    },
  }
}

/** Keeps values of the installation. `storage.collection('orders')` keeps some apart, to list them. */
export const storage: Collection & { collection(name: string, options?: StorageOptions): Collection } = {
  ...createCollection('', {}),
  collection: (name, options = {}) => createCollection(name, options),
}
