import type { ComponentContract, PlainValue, PropSchema } from '@souk/extension-sdk/protocol'

/**
 * A value that the user edits. The host owns it: an edit shows at once, and what the extension says about an older edit is not shown.
 */
export interface ControlledValue {
  /** How many edits the user has made. */
  readonly edits: number
  /** The last edit that the extension has answered. */
  readonly answered: number
  /** What the user made of the value with the last edit. */
  readonly edited: PlainValue
}

export const UNEDITED: ControlledValue = { edits: 0, answered: 0, edited: undefined }

export const withEdit = (value: ControlledValue, edited: PlainValue): ControlledValue => ({
  ...value,
  edits: value.edits + 1,
  edited,
})

/** An answer to an edit that was never made, or that came before the last answered one, changes nothing. */
export const withAnswer = (value: ControlledValue, edit: number): ControlledValue =>
  edit > value.answered && edit <= value.edits ? { ...value, answered: edit } : value

/** A field without a value is empty, and not one that has none: what is not controlled at first must not become so later. */
const emptyValue = (schema: PropSchema | undefined): PlainValue => {
  if (schema?.type === 'string') return ''
  return schema?.type === 'boolean' ? false : undefined
}

/** The props to draw: the extension's value, unless the user is ahead of it or the extension leaves the value to the field. */
export const withShownValue = (
  contract: ComponentContract,
  props: Readonly<Record<string, PlainValue>>,
  value: ControlledValue | undefined,
  isComposed = false,
): Readonly<Record<string, PlainValue>> => {
  if (!contract.controlled || !value) return props
  const { value: prop } = contract.controlled
  const isAhead = isComposed || value.edits > value.answered
  if (!isAhead && Object.hasOwn(props, prop)) return props
  const shown = value.edits > 0 ? value.edited : emptyValue(contract.props[prop])
  return shown === undefined ? props : { ...props, [prop]: shown }
}
