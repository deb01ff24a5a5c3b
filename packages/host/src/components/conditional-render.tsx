import type { PlainValue } from '@souk/extension-sdk/protocol'
import type { PropsOf } from './component-props'
import { usePanelValue } from './panel-context'

const isSame = (a: PlainValue, b: PlainValue): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const hasValue = (value: PlainValue): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0)

type Condition = Pick<PropsOf<'ConditionalRender'>, 'equals' | 'oneOf' | 'isSet' | 'not'>

/** Whether a value says that there is something to show. Without any condition, having a value is enough. */
export const holds = (value: PlainValue, { equals, oneOf, isSet, not = false }: Condition): boolean => {
  const answers = [
    ...(equals === undefined ? [] : [isSame(value, equals)]),
    ...(oneOf === undefined ? [] : [oneOf.some((one) => isSame(value, one))]),
    ...(isSet === undefined ? [] : [hasValue(value) === isSet]),
  ]
  return (answers.length === 0 ? hasValue(value) : answers.every(Boolean)) !== not
}

export const ConditionalRender = ({ field, children, ...condition }: PropsOf<'ConditionalRender'>) => {
  const [value] = usePanelValue(field)
  return holds(value, condition) ? children : null
}
