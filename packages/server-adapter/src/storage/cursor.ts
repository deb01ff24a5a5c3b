import { isRecord } from '@souk/extension-sdk/protocol'
import { StorageError } from './storage-error'

/** Where a page ended: the sort key of its last row. */
export type CursorKey = readonly (string | number)[]

const MAX_LENGTH = 2000

/** Writes a cursor: base64url of JSON, opaque to callers. `list` names the list it belongs to. */
export const createCursor = (list: string, key: CursorKey): string =>
  Buffer.from(JSON.stringify({ list, key })).toString('base64url')

/**
 * Reads a cursor that came back from a caller.
 *
 * @param shape What each part of the key must be; nothing else reaches a query.
 * @throws {StorageError} `INVALID_CURSOR` when it is not one of this list.
 */
export const parseCursor = <const S extends readonly ('string' | 'number')[]>(
  list: string,
  cursor: string,
  shape: S,
): { -readonly [K in keyof S]: S[K] extends 'number' ? number : string } => {
  const key = readKey(list, cursor)
  if (key?.length !== shape.length || !key.every((part, index) => isPart(part, shape[index]))) {
    throw new StorageError(
      'INVALID_CURSOR',
      'The cursor does not belong to this list. A cursor is the nextCursor of the page before. Start again without one.',
    )
  }
  // Each part was compared with the shape.
  return key as unknown as { -readonly [K in keyof S]: S[K] extends 'number' ? number : string }
}

/** How many rows a page may hold: 1 to 100. */
export const pageSize = (limit: number): number => Math.max(1, Math.min(100, Math.trunc(limit) || 1))

// A number has to be one that a bigint or timestamp column can be compared with; text cannot hold NUL in Postgres.
const isPart = (part: unknown, type: 'string' | 'number' | undefined): boolean =>
  type === 'number' ? Number.isSafeInteger(part) && Math.abs(part as number) <= 8.64e15 : isText(part)

const isText = (part: unknown): boolean => typeof part === 'string' && !part.includes('\0')

const readKey = (list: string, cursor: string): readonly unknown[] | undefined => {
  if (cursor.length > MAX_LENGTH) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return isRecord(value) && value.list === list && Array.isArray(value.key) ? value.key : undefined
  } catch {
    return undefined
  }
}
