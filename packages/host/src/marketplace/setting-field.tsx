import { useSouk } from '../souk-context'
import { SecretField } from './secret-field'
import { isRequired, type SettingFieldProps, settingLabel } from './setting-field-props'
import { useMessages } from './use-messages'

/** The field of one setting, by its type. */
export const SettingField = (props: SettingFieldProps) => {
  const messages = useMessages()
  const { Input, Select, Switch, Textarea } = useSouk().registry.components
  const { path, field, draft, error, disabled, onChange } = props
  if (field.type === 'secret') return <SecretField {...props} field={field} />
  const text = typeof draft === 'string' ? draft : ''
  const common = {
    name: path,
    label: settingLabel(field, messages),
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
