import type { PlainValue } from '@souk/extension-sdk/protocol'

/** Where a value stands: names of fields and places in lists. */
export type ValuePath = readonly (string | number)[]

/** The values of one panel. They are the host's: a field changes its own and asks nobody. */
export interface PanelStore {
  get(path: ValuePath): PlainValue
  set(path: ValuePath, value: PlainValue): void
  subscribe(listener: () => void): () => void
}

type Values = { readonly [key: string]: PlainValue }

const isRecord = (value: PlainValue): value is Values =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const read = (value: PlainValue, [key, ...rest]: ValuePath): PlainValue => {
  if (key === undefined) return value
  if (Array.isArray(value)) return typeof key === 'number' ? read(value[key], rest) : undefined
  return isRecord(value) && Object.hasOwn(value, key) ? read(value[String(key)], rest) : undefined
}

const write = (value: PlainValue, [key, ...rest]: ValuePath, next: PlainValue): PlainValue => {
  if (key === undefined) return next
  if (typeof key === 'number') {
    const items = Array.isArray(value) ? [...value] : []
    items[key] = write(items[key], rest, next)
    return items
  }
  const record = isRecord(value) ? value : {}
  // A name from outside may be that of a prototype; a computed key is always a property of the object's own.
  return { ...record, [key]: write(Object.hasOwn(record, key) ? record[key] : undefined, rest, next) }
}

export const createPanelStore = (
  initial: PlainValue,
  onChange: (values: PlainValue, path: ValuePath, value: PlainValue) => void,
): PanelStore => {
  let values = isRecord(initial) ? initial : {}
  const listeners = new Set<() => void>()
  return {
    get: (path) => read(values, path),
    set(path, value) {
      // Written below a name, a record stays one.
      values = write(values, path, value) as Values
      for (const listener of [...listeners]) listener()
      onChange(values, path, value)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The fields that the extension gives another value than it gave before. What it leaves as it was, the user may have changed. */
export const changedFields = (before: PlainValue, after: PlainValue): readonly (readonly [string, PlainValue])[] => {
  if (!isRecord(after)) return []
  const known = isRecord(before) ? before : {}
  return Object.entries(after).filter(
    ([name, value]) => !Object.hasOwn(known, name) || JSON.stringify(known[name]) !== JSON.stringify(value),
  )
}
