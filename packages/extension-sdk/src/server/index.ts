/** What a `*.server.ts` file may call. */

export {
  ConflictError,
  type ConnectionErrorDetails,
  ConnectionExpiredError,
  ConnectionNotFoundError,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  ServerFunctionError,
  UpstreamServiceError,
} from '../errors/server-errors'
export type {
  AppEvent,
  AppEventHandler,
  ConnectionAddedHandler,
  ConnectionEvent,
  ConnectionRemovedHandler,
} from './app-events'
export { type CurrentUser, deadline, fetch, getCurrentUser, signal } from './call'
export type { SettingValue } from './call-context'
export { callHost } from './call-host'
export { checkInput } from './check-input'
export {
  type Connection,
  type ConnectionChoice,
  getConnection,
  getOrganizationConnection,
  getUserConnection,
  listConnections,
} from './connections'
export { type CalledFile, type FileHandle, type ReadFileOptions, readFile } from './files'
export {
  getOrganizationSetting,
  getOrganizationSettings,
  getUserSetting,
  getUserSettings,
  type SettingsChanges,
  type SettingsValues,
  setOrganizationSetting,
  setOrganizationSettings,
  setUserSetting,
  setUserSettings,
} from './settings'
export {
  type Collection,
  type ListOptions,
  type SetOptions,
  type StorageOptions,
  type StoredValue,
  storage,
} from './storage'
export {
  type HmacOptions,
  type SharedSecretOptions,
  type TimestampedHmacOptions,
  verifyHmacSignature,
  verifySharedSecret,
  verifyTimestampedSignature,
} from './verify-signature'
export {
  type TriggerEvent,
  type WebhookDelivery,
  type WebhookHandler,
  type WebhookHandlerPlace,
  type WebhookRequest,
  type WebhookResponse,
  webhookFunction,
} from './webhook-function'
export {
  type CreateWebhookHandlerInput,
  createWebhookHandler,
  deleteWebhookHandler,
  listWebhookHandlers,
  updateWebhookHandler,
  type WebhookHandlerChanges,
  type WebhookHandlerInfo,
  type WebhookMetadata,
} from './webhook-handlers'
