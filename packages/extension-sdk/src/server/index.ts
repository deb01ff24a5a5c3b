/** What a `*.server.ts` file may call. */

export { type CurrentUser, deadline, fetch, getCurrentUser, signal } from './call'
export type { SettingValue } from './call-context'
export {
  ConflictError,
  ConnectionExpiredError,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  ServerFunctionError,
  UpstreamServiceError,
} from './errors'
export { getOrganizationSetting, getOrganizationSettings, getUserSettings, type SettingsValues } from './settings'
