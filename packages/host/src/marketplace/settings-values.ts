import {
  type LeafSetting,
  type SettingsResponse,
  type SettingsSchema,
  settingLeaves,
} from '@souk/extension-sdk/protocol'
import type { SettingsInput } from '../api/souk-client'

/** What a field of the form holds. A secret that is absent keeps its value; `null` removes it. */
export type Drafts = Readonly<Record<string, string | boolean | null>>

/** The form as it opens: saved values and defaults, secrets empty. */
export const createDrafts = ({ schema, values }: SettingsResponse): Drafts =>
  Object.fromEntries(
    settingLeaves(schema).flatMap(([path, field]): readonly (readonly [string, string | boolean])[] => {
      if (field.type === 'secret') return []
      const value = values[path]
      return [[path, field.type === 'boolean' ? value === true : value === undefined ? '' : String(value)]]
    }),
  )

/** What to send, or what the user has to change first. Everything else is judged by the server. */
export const collectSettings = (
  schema: SettingsSchema,
  drafts: Drafts,
  /** Said of a number that is none. */
  numberExpected: string,
): { readonly values: SettingsInput; readonly errors: Readonly<Record<string, string>> } => {
  const values: Record<string, string | number | boolean | null> = {}
  const errors: Record<string, string> = {}
  for (const [path, field] of settingLeaves(schema)) {
    const draft = drafts[path]
    if (draft === undefined) continue
    const value = readDraft(field, draft)
    if (Number.isNaN(value)) errors[path] = numberExpected
    else values[path] = value
  }
  return { values, errors }
}

const readDraft = (field: LeafSetting, draft: string | boolean | null): string | number | boolean | null => {
  if (draft === null || typeof draft === 'boolean') return draft
  // A secret may be any text, spaces included.
  const text = field.type === 'secret' ? draft : draft.trim()
  if (text === '') return null
  return field.type === 'number' ? Number(text) : text
}

/** Errors by the field they belong to, and those that belong to none. */
export const splitErrors = (schema: SettingsSchema, errors: Readonly<Record<string, string>>) => {
  const paths = new Set(settingLeaves(schema).map(([path]) => path))
  return {
    byField: Object.fromEntries(Object.entries(errors).filter(([path]) => paths.has(path))),
    others: Object.entries(errors).flatMap(([path, message]) => (paths.has(path) ? [] : [message])),
  }
}
