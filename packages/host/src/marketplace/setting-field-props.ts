import type { LeafSetting } from '@souk/extension-sdk/protocol'
import type { Messages } from './messages'

export interface SettingFieldProps<Field extends LeafSetting = LeafSetting> {
  readonly path: string
  readonly field: Field
  readonly draft: string | boolean | null | undefined
  readonly isSecretSet: boolean
  readonly error: string | undefined
  readonly disabled: boolean
  /** `undefined` takes the draft back: a saved secret stays as it is. */
  readonly onChange: (draft: string | boolean | null | undefined) => void
}

/** Switches are never empty, so nothing has to be said about them. */
export const isRequired = (field: LeafSetting) => !field.optional && field.type !== 'boolean'

export const settingLabel = (field: LeafSetting, messages: Messages) =>
  field.optional && field.type !== 'boolean' ? messages.optional(field.label) : field.label
