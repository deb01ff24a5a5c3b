import { MAX_NAME_LENGTH } from '../protocol/packed-batch'
import { isName, isPrototypeKey, isRecord } from '../protocol/parse'
import { findUnsendable, type PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import type { HostProps } from './tree'

const EVENT = /^on[A-Z]\w{0,60}$/

export const isEventProp = (name: string, value: unknown): boolean => typeof value === 'function' && EVENT.test(name)

/** Whether a prop crosses at all. React keeps some for itself, and undefined says that there is none. */
export const isCarried = (name: string, value: unknown): boolean =>
  value !== undefined && name !== 'children' && name !== 'ref' && name !== 'key'

/**
 * Refuses props that cannot cross, while React still renders, so that the error reaches the boundary around who wrote them.
 *
 * @throws {SdkError} `VALUE_NOT_SENDABLE`, with the path of the value.
 */
export const assertSendable = (component: string, props: HostProps, stringLength: number): void => {
  if (!isName(component)) throw unsendable(component, 'The name of a component has 1 to 200 characters.')
  for (const name in props) {
    const value = props[name]
    if (name.length > MAX_NAME_LENGTH || isPrototypeKey(name))
      throw unsendable(component, `No prop is named ${name.slice(0, 40)}. Give it another name.`)
    if (name === 'children') assertShort(value, stringLength)
    if (!isCarried(name, value) || value === null || typeof value === 'boolean') continue
    // Most values are short strings and numbers, so these do not go the long way.
    if (typeof value === 'string' && value.length <= stringLength) continue
    if (typeof value === 'number' && Number.isFinite(value)) continue
    if (isEventProp(name, value)) continue
    const problem = findUnsendable(value, name, { depth: 16, stringLength, values: 100_000 })
    if (problem) throw unsendable(component, problem)
  }
}

const unsendable = (component: string, problem: string): SdkError =>
  new SdkError('VALUE_NOT_SENDABLE', `A prop of <${component.slice(0, 60)}> cannot be sent to the product. ${problem}`)

/** @throws {SdkError} `VALUE_NOT_SENDABLE` for a text that is longer than one may be. */
export const assertShort = (text: unknown, stringLength: number): void => {
  if (typeof text === 'string' && text.length > stringLength)
    throw new SdkError(
      'VALUE_NOT_SENDABLE',
      `A text of ${text.length} characters was rendered; at most ${stringLength} may cross. Show a part of it.`,
    )
  if (Array.isArray(text)) for (const part of text) if (typeof part === 'string') assertShort(part, stringLength)
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
  /** Whether data props differ. */
  readonly hasData: boolean
  /** Whether an event prop came or went. A new closure for the same prop is none. */
  readonly hasHandlers: boolean
}

/** What changed between two renders of an element. */
export const diffProps = (previous: HostProps, next: HostProps): PropsDifference => {
  const props: Record<string, PlainValue> = {}
  const unset: string[] = []
  let hasData = false
  let hasHandlers = false
  for (const name in next) {
    const before = previous[name]
    const after = next[name]
    if (Object.is(before, after) || !isCarried(name, after)) continue
    const wasHandler = typeof before === 'function'
    // assertSendable has refused everything else before an instance could have these props.
    if (typeof after === 'function') {
      if (wasHandler) continue
      hasHandlers = true
      if (before === undefined) continue
      hasData = true
      unset.push(name)
    } else {
      if (wasHandler) hasHandlers = true
      else if (isSameValue(before, after)) continue
      hasData = true
      props[name] = after as PlainValue
    }
  }
  for (const name in previous) {
    const before = previous[name]
    if (!isCarried(name, before) || (Object.hasOwn(next, name) && next[name] !== undefined)) continue
    if (typeof before === 'function') hasHandlers = true
    else {
      hasData = true
      unset.push(name)
    }
  }
  return { props, unset, hasData, hasHandlers }
}
