import { isPrototypeKey } from '../protocol/parse'
import { callContext, type SettingValue } from './call-context'

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
