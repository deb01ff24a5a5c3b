import type { LeafSetting } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { messages } from './messages'
import { SecretField } from './secret-field'

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

/** The field of one setting, by its type. */
export const SettingField = (props: SettingFieldProps) => {
  const { Input, Select, Switch, Textarea } = useSouk().registry.components
  const { path, field, draft, error, disabled, onChange } = props
  if (field.type === 'secret') return <SecretField {...props} field={field} />
  const text = typeof draft === 'string' ? draft : ''
  const common = {
    name: path,
    label: settingLabel(field),
    description: field.description,
    error,
    disabled,
    required: isRequired(field),
  }
  switch (field.type) {
    case 'boolean':
      return <Switch {...common} required={false} checked={draft === true} onChange={onChange} />
    case 'select':
      return <Select {...common} value={text} options={field.options} onChange={onChange} />
    case 'number':
      return <Input {...common} value={text} onChange={onChange} />
    case 'string': {
      const props = { ...common, value: text, placeholder: field.placeholder, maxLength: field.maxLength, onChange }
      return field.multiline ? <Textarea {...props} /> : <Input {...props} type={field.format ?? 'text'} />
    }
  }
}

export const isRequired = (field: LeafSetting) => !field.optional && field.type !== 'boolean'

export const settingLabel = (field: LeafSetting) =>
  field.optional && field.type !== 'boolean' ? messages.optional(field.label) : field.label
