/** What the runtime in the frame gives to bundles as `@souk/extension-sdk/client`. */

export type { CallTextContext, RecordContext, RecordsContext } from '../app/surfaces'
export {
  ConflictError,
  ConnectionExpiredError,
  ConnectionNotFoundError,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  ServerFunctionError,
  UpstreamServiceError,
} from '../errors/server-errors'
export type { FieldBuilder, FieldBuilders } from '../fields/field-builder'
export type { RemoteMethods } from '../protocol/contract'
export type { CallOptions } from '../protocol/endpoints'
export type { FileHandle } from '../protocol/file-handle'
export { SdkError } from '../sdk-error'
export type { DialogHandle, DialogProps } from './client-runtime'
export * from './components'
export { type ContractComponent, createComponent } from './create-component'
export { createServerFunction, withOptions } from './create-server-function'
export {
  type ConfirmOptions,
  closeDialog,
  confirm,
  type DialogComponent,
  type ShowDialogOptions,
  showDialog,
} from './dialogs'
export { navigateTo, openRecord, openUrl } from './navigation'
export { hasCapability, useCurrentUser, useHostContext, useSettings } from './session-hooks'
export { Badge, Banner, Button, Typography } from './shaped-components'
export { showToast, type ToastOptions } from './show-toast'
export { useRecord, useRecords, useSurfaceContext } from './surface-context'
export { invalidateAsyncCache, useAsyncCache } from './use-async-cache'
export { type StreamState, useStream } from './use-stream'
