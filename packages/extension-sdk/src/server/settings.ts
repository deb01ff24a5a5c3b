import { isPrototypeKey, isRecord } from '../protocol/parse'
import { askPlatform, callContext, type SettingValue } from './call-context'

/** Settings as their schema nests them: a struct is an object. */
export interface SettingsValues {
  readonly [key: string]: SettingValue | SettingsValues
}

const nest = (flat: Readonly<Record<string, SettingValue>>): SettingsValues => {
  const root: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('.')
    const last = keys.pop()
    if (!last || isPrototypeKey(last) || keys.some(isPrototypeKey)) continue
    let target = root
    for (const key of keys) {
      target[key] ??= {}
      // A path never runs through a value: the schema has either a struct or a leaf of a name.
      target = target[key] as Record<string, unknown>
    }
    target[last] = value
  }
  return root as SettingsValues
}

/**
 * The settings that an admin filled in for the organization, defaults included.
 *
 * A secret is absent unless its field says `reveal`; the egress broker attaches it to requests instead.
 *
 * @typeParam T The shape of your schema. The platform checked the values against the schema when they were saved.
 */
export const getOrganizationSettings = async <T extends object = SettingsValues>(): Promise<T> =>
  nest(callContext().settings.organization) as T

/**
 * One organization setting by its path: `apiUrl`, or `api.url` inside a struct.
 *
 * @returns `undefined` when it is optional and empty, or a secret without `reveal`.
 */
export const getOrganizationSetting = async <T extends SettingValue = SettingValue>(
  path: string,
): Promise<T | undefined> => {
  const { organization } = callContext().settings
  // The platform checked the value against the schema when it was saved.
  return Object.hasOwn(organization, path) ? (organization[path] as T) : undefined
}

/** The settings of the user who called, defaults included. */
export const getUserSettings = async <T extends object = SettingsValues>(): Promise<T> =>
  nest(callContext().settings.user) as T

/** One setting of the user who called, by its path. */
export const getUserSetting = async <T extends SettingValue = SettingValue>(path: string): Promise<T | undefined> => {
  const { user } = callContext().settings
  return Object.hasOwn(user, path) ? (user[path] as T) : undefined
}

/** Settings to save: nested as their schema nests them, or by path. `null` removes one. */
export interface SettingsChanges {
  readonly [key: string]: SettingValue | null | SettingsChanges
}

const flatten = (changes: SettingsChanges, prefix = ''): readonly (readonly [string, SettingValue | null])[] =>
  Object.entries(changes).flatMap(([key, value]): (readonly [string, SettingValue | null])[] =>
    typeof value === 'object' && value !== null
      ? [...flatten(value, `${prefix}${key}.`)]
      : [[`${prefix}${key}`, value]],
  )

const save = async (scope: 'organization' | 'user', changes: SettingsChanges): Promise<void> => {
  const values = Object.fromEntries(flatten(changes))
  const saved = await askPlatform('settings.write', scope, values)
  // What the getters of this call read is a copy made when it began; it belongs to this call alone.
  const current = callContext().settings[scope] as Record<string, SettingValue>
  for (const [path, value] of Object.entries(values)) if (value === null) delete current[path]
  if (isRecord(saved)) Object.assign(current, saved)
}

/**
 * Saves settings of the organization, checked against their schema like those of the form.
 *
 * @throws {SdkError} `FORBIDDEN` when the user who called is no admin; `INVALID_INPUT` with fields.
 */
export const setOrganizationSettings = (changes: SettingsChanges): Promise<void> => save('organization', changes)

export const setOrganizationSetting = (path: string, value: SettingValue | null): Promise<void> =>
  save('organization', { [path]: value })

/** Saves settings of the user who called. */
export const setUserSettings = (changes: SettingsChanges): Promise<void> => save('user', changes)

export const setUserSetting = (path: string, value: SettingValue | null): Promise<void> =>
  save('user', { [path]: value })
