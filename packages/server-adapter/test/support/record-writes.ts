import type { Storage } from '../../src/storage'

const READS = /^(?:rolling|follow|tally|count|get|find|list|search|content|latest|catalog|events|roleOf)/

/** The storage, with a list of the writes that came through. */
export const recordWrites = (storage: Storage): { readonly storage: Storage; readonly writes: string[] } => {
  const writes: string[] = []
  const watch = <T extends object>(store: T, storeName: string): T =>
    new Proxy(store, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver)
        if (typeof method !== 'function' || READS.test(String(name))) return method
        return async (...given: unknown[]) => {
          const result: unknown = await Reflect.apply(method, target, given)
          // A write that found nothing to change answers null.
          if (result !== null) writes.push(`${storeName}.${String(name)}`)
          return result
        }
      },
    })
  const watched = Object.entries(storage).map(([name, store]) =>
    typeof store === 'object' ? [name, watch(store, name)] : [name, store],
  )
  // Each store has been wrapped, and nothing else changed.
  return { storage: Object.fromEntries(watched) as unknown as Storage, writes }
}
