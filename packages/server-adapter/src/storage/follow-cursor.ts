import { createCursor, parseCursor } from './cursor'
import type { FunctionCallRecord } from './records'
import type { FollowedCalls } from './storage'

const LIST = 'followed-calls'

/** A call with its number in the order in which calls were added. */
export interface NumberedCall {
  readonly seq: number
  readonly call: FunctionCallRecord
}

/** The number after which somebody goes on to follow; null at the beginning. */
export const followedSince = (cursor: string | undefined): number | null =>
  cursor === undefined ? null : (parseCursor(LIST, cursor, ['number'])[0] ?? null)

/** The answer to a follower: see `FunctionCallStore.follow`. */
export const followedCalls = (
  rows: readonly NumberedCall[],
  { after, size, settled }: { readonly after: number | null; readonly size: number; readonly settled: Date },
): FollowedCalls => {
  // A full page goes on after itself, or somebody who records much would never be read to the end.
  const reached = after !== null && rows.length === size ? rows : rows.filter(({ call }) => call.createdAt < settled)
  const start = after ?? Math.max(0, (rows[0]?.seq ?? 1) - 1)
  return {
    items: rows.map(({ call }) => call),
    cursor: createCursor(LIST, [Math.max(start, reached.at(-1)?.seq ?? 0)]),
  }
}
