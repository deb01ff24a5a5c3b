import { isRecord } from '../protocol/parse'
import { findUnsendable, type PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import type { HostProps } from './tree'

const EVENT = /^on[A-Z]\w{0,60}$/

const isEventProp = (name: string, value: unknown): boolean => typeof value === 'function' && EVENT.test(name)

/** React keeps these for itself. */
const isReactProp = (name: string): boolean => name === 'children' || name === 'ref' || name === 'key'

/** The names of the event props that have a handler. */
export const handlerNames = (props: HostProps): readonly string[] =>
  Object.keys(props).filter((name) => isEventProp(name, props[name]))

/** What of the props crosses as data. */
export const dataProps = (props: HostProps): Record<string, PlainValue> => {
  const data: Record<string, PlainValue> = {}
  for (const name of Object.keys(props)) {
    const value = props[name]
    // assertSendable has refused everything else before an instance could have these props.
    if (value !== undefined && !isReactProp(name) && !isEventProp(name, value)) data[name] = value as PlainValue
  }
  return data
}

/**
 * Refuses props that cannot cross, while React still renders, so that the error reaches the boundary around who wrote them.
 *
 * @throws {SdkError} `VALUE_NOT_SENDABLE`, with the path of the value.
 */
export const assertSendable = (component: string, props: HostProps, stringLength: number): void => {
  for (const name of Object.keys(props)) {
    const value = props[name]
    if (value === undefined || value === null || typeof value === 'boolean' || isReactProp(name)) continue
    if (isEventProp(name, value)) continue
    const problem = findUnsendable(value, name, { depth: 16, stringLength, values: 100_000 })
    if (problem)
      throw new SdkError('VALUE_NOT_SENDABLE', `A prop of <${component}> cannot be sent to the product. ${problem}`)
  }
}

/** Whether two plain values say the same, so that a literal written anew in each render is not sent anew. */
export const isSameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSameValue(item, b[index]))
  }
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime()
  if (!isRecord(a) || !isRecord(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  )
}

export interface PropsDifference {
  readonly props: Record<string, PlainValue>
  readonly unset: readonly string[]
}

/** What changed between two renders of an element's data, or `undefined` when nothing did. */
export const diffProps = (previous: HostProps, next: HostProps): PropsDifference | undefined => {
  const before = dataProps(previous)
  const after = dataProps(next)
  const props: Record<string, PlainValue> = {}
  for (const name of Object.keys(after)) {
    if (!Object.hasOwn(before, name) || !isSameValue(before[name], after[name])) props[name] = after[name]
  }
  const unset = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  return Object.keys(props).length > 0 || unset.length > 0 ? { props, unset } : undefined
}
