import { isDeepStrictEqual } from 'node:util'
import type { Changes } from './audit'
import { toStorableText } from './storable-text'

/** Characters of one value in the log; a longer one is cut. */
const MAX_LENGTH = 500

type Fields = Readonly<Record<string, unknown>>

/**
 * The fields in which two states of one thing differ, for the audit log. A field that is absent, or nothing before a thing was made and
 * after it is gone, is null.
 */
export const changedFields = (before: Fields | null, after: Fields | null): Changes => {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const [was, is] = [before?.[name] ?? null, after?.[name] ?? null]
      return isDeepStrictEqual(was, is) ? [] : [[name, { before: toEntry(was), after: toEntry(is) }]]
    }),
  )
}

/** What stands in the log for a value that it may not hold. */
const HIDDEN = '[hidden]'

/** The same changes without their values: whether there was one and whether there is one. */
export const hideValues = (changes: Changes): Changes => {
  const hide = (value: unknown) => (value === null ? null : HIDDEN)
  return Object.fromEntries(
    Object.entries(changes).map(([name, { before, after }]) => [name, { before: hide(before), after: hide(after) }]),
  )
}

const cut = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text)

const toEntry = (value: unknown): unknown => {
  if (typeof value === 'string') return toStorableText(cut(value))
  if (value instanceof Date) return value.toISOString()
  const text = JSON.stringify(value)
  // What is too long as it is stands there as the beginning of its JSON.
  return text.length > MAX_LENGTH ? toStorableText(cut(text)) : value
}
