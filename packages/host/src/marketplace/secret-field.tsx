import type { SecretSetting } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { isRequired, type SettingFieldProps, settingLabel } from './setting-field-props'
import { useMessages } from './use-messages'

/** A value that is written and never shown: once it is saved, it can be kept, replaced or removed. */
export const SecretField = (props: SettingFieldProps<SecretSetting>) => {
  const messages = useMessages()
  const { path, field, draft, isSecretSet, error, disabled, onChange } = props
  const { Button, Input, Stack } = useSouk().registry.components
  if (isSecretSet && typeof draft !== 'string') return <SavedSecret {...props} />
  return (
    <Stack gap="small">
      <Input
        name={path}
        type="password"
        label={settingLabel(field, messages)}
        description={field.description}
        placeholder={field.placeholder}
        maxLength={field.maxLength}
        required={isRequired(field)}
        error={error}
        disabled={disabled}
        value={typeof draft === 'string' ? draft : ''}
        onChange={(value) => onChange(value === '' && !isSecretSet ? undefined : value)}
      />
      {isSecretSet ? (
        <div>
          <Button variant="quiet" size="small" onPress={() => onChange(undefined)}>
            {messages.keepSecret}
          </Button>
        </div>
      ) : null}
    </Stack>
  )
}

const SavedSecret = ({ field, draft, error, disabled, onChange }: SettingFieldProps<SecretSetting>) => {
  const messages = useMessages()
  const { Badge, Button, Inline, Stack, Text } = useSouk().registry.components
  const isRemoved = draft === null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw the product's own frame around one value.
    <div role="group" aria-label={settingLabel(field, messages)}>
      <Stack gap="small">
        <Inline gap="small" justify="between">
          <Inline gap="small">
            <Text size="small" weight="medium">
              {settingLabel(field, messages)}
            </Text>
            {isRemoved ? null : <Badge tone="success">{messages.secretStored}</Badge>}
          </Inline>
          {disabled ? null : isRemoved ? (
            <Button size="small" onPress={() => onChange(undefined)}>
              {messages.undo}
            </Button>
          ) : (
            <Inline gap="small">
              {field.optional ? (
                <Button
                  variant="quiet"
                  size="small"
                  label={messages.removeSecretOf(field.label)}
                  onPress={() => onChange(null)}
                >
                  {messages.removeSecret}
                </Button>
              ) : null}
              <Button size="small" label={messages.replaceSecretOf(field.label)} onPress={() => onChange('')}>
                {messages.replaceSecret}
              </Button>
            </Inline>
          )}
        </Inline>
        <Text size="small" tone="muted">
          {isRemoved ? messages.secretRemoved : messages.secretSaved}
        </Text>
        {error ? (
          <Text size="small" tone="danger">
            {error}
          </Text>
        ) : null}
      </Stack>
    </div>
  )
}
