import { describe, isRecord } from './parse'

/** Says what is wrong with one entry; nothing when it is as it should be. */
export type ItemProblem = (item: Readonly<Record<string, unknown>>, at: string) => string | undefined

/** What is wrong with a list of objects, or with the first of them that is not as it should be. */
export const findListProblem = (list: unknown, at: string, max: number, problemOf: ItemProblem): string | undefined => {
  if (!Array.isArray(list)) return `${at} must be an array; received ${describe(list)}.`
  if (list.length > max) return `${at} has ${list.length} entries; at most ${max} are allowed.`
  for (const [index, item] of list.entries()) {
    const place = `${at}[${index}]`
    const problem = isRecord(item) ? problemOf(item, place) : `${place} must be an object.`
    if (problem) return problem
  }
  return undefined
}
