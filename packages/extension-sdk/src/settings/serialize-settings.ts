import { labelOf } from '../fields/label-of'
import { isRecord, isRefusal } from '../protocol/parse'
import { parseSettingsSchema, type SettingField, type SettingsSchema } from '../protocol/settings-schema'
import { SdkError } from '../sdk-error'
import type { SettingsFields } from './builders'

const withLabels = (fields: Readonly<Record<string, SettingField>>): SettingsSchema =>
  Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [
      key,
      field.type === 'struct'
        ? { ...field, label: field.label || labelOf(key), fields: withLabels(field.fields) }
        : { ...field, label: field.label || labelOf(key) },
    ]),
  )

/**
 * The settings of one scope as the manifest carries them.
 *
 * @param path Where they were declared, for messages: `settings.organization`.
 * @throws {SdkError} `INVALID_MANIFEST` with the path of the first field that is wrong.
 */
export const serializeSettings = (fields: SettingsFields | undefined, path = 'settings'): SettingsSchema => {
  const schemas: Record<string, SettingField> = {}
  for (const [key, builder] of Object.entries(fields ?? {})) {
    if (!isRecord(builder) || !isRecord(builder.field))
      throw new SdkError(
        'INVALID_MANIFEST',
        `${path}.${key} is not a setting. Make it with Settings.string({ label }) or another builder.`,
      )
    // parseSettingsSchema looks at every part of it below.
    schemas[key] = builder.field as unknown as SettingField
  }
  const schema = parseSettingsSchema(withLabels(schemas), path)
  if (isRefusal(schema)) throw new SdkError('INVALID_MANIFEST', `A setting was refused. ${schema.refused}`)
  return schema
}
