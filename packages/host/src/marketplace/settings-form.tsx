import type { SettingsResponse, SettingsSchema } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import type { SettingsInput } from '../api/souk-client'
import { HostError } from '../host-error'
import { useSouk } from '../souk-context'
import { ActionFailure } from './failure'
import { SettingField } from './setting-field'
import { collectSettings, createDrafts, type Drafts, splitErrors } from './settings-values'
import { useAction } from './use-action'
import { useMessages } from './use-messages'

interface SettingsFormProps {
  readonly label: string
  readonly settings: SettingsResponse
  readonly disabled: boolean
  /** What the button says. Default: that settings are saved. */
  readonly saveLabel?: string
  /** Rejects with `INVALID_INPUT` and `fields` when the server refuses values. */
  readonly onSave: (values: SettingsInput) => Promise<SettingsResponse>
}

/** The form for a settings schema. The server judges the values; what it says stands at its fields. */
export const SettingsForm = ({ label, settings, disabled, saveLabel, onSave }: SettingsFormProps) => {
  const messages = useMessages()
  const { Alert, Button, Form, Inline } = useSouk().registry.components
  const [saved, setSaved] = useState(settings)
  const [drafts, setDrafts] = useState(() => createDrafts(settings))
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const { isRunning, error, run } = useAction()
  const { byField, others } = splitErrors(saved.schema, errors)

  const change = (path: string, draft: Drafts[string] | undefined) => {
    setDrafts(({ [path]: _, ...rest }) => (draft === undefined ? rest : { ...rest, [path]: draft }))
    setErrors(({ [path]: _, ...rest }) => rest)
  }
  const submit = () => {
    if (disabled || isRunning) return
    const collected = collectSettings(saved.schema, drafts, messages.numberExpected)
    setErrors(collected.errors)
    if (Object.keys(collected.errors).length > 0) return
    void run(async () => {
      try {
        const answer = await onSave(collected.values)
        setSaved(answer)
        setDrafts(createDrafts(answer))
      } catch (problem) {
        if (!(problem instanceof HostError && problem.fields)) throw problem
        setErrors(problem.fields)
      }
    })
  }
  return (
    <Form label={label} onSubmit={submit}>
      {Object.keys(errors).length > 0 ? (
        <Alert tone="danger" title={messages.settingsRefused}>
          {others.length > 0 ? others.join(' ') : null}
        </Alert>
      ) : null}
      <ActionFailure error={error} />
      <Fields
        schema={saved.schema}
        prefix=""
        drafts={drafts}
        errors={byField}
        secretsSet={saved.secretsSet}
        disabled={disabled}
        onChange={change}
      />
      {disabled ? null : (
        <Inline justify="end">
          <Button type="submit" variant="primary" loading={isRunning}>
            {saveLabel ?? messages.save}
          </Button>
        </Inline>
      )}
    </Form>
  )
}

interface FieldsProps {
  readonly schema: SettingsSchema
  readonly prefix: string
  readonly drafts: Drafts
  readonly errors: Readonly<Record<string, string>>
  readonly secretsSet: readonly string[]
  readonly disabled: boolean
  readonly onChange: (path: string, draft: Drafts[string] | undefined) => void
}

const Fields = ({ schema, prefix, ...form }: FieldsProps) => {
  const { Text } = useSouk().registry.components
  return (
    <>
      {Object.entries(schema).map(([key, field]) => {
        const path = `${prefix}${key}`
        return field.type === 'struct' ? (
          <fieldset key={path} className="souk-marketplace-group">
            <legend>
              <Text weight="medium">{field.label}</Text>
              {field.description ? (
                <Text size="small" tone="muted">
                  {field.description}
                </Text>
              ) : null}
            </legend>
            <Fields schema={field.fields} prefix={`${path}.`} {...form} />
          </fieldset>
        ) : (
          <SettingField
            key={path}
            path={path}
            field={field}
            draft={form.drafts[path]}
            isSecretSet={form.secretsSet.includes(path)}
            error={form.errors[path]}
            disabled={form.disabled}
            onChange={(draft) => form.onChange(path, draft)}
          />
        )
      })}
    </>
  )
}
