export type {
  ComponentContract,
  ComponentProps,
  Contract,
  DeploymentCheck,
  ErrorCode,
  FileHandle,
  HostContext,
  MethodsProp,
  PropSchema,
  StandardContract,
  SurfaceContract,
} from '@souk/extension-sdk/protocol'
// A product extends the contract without installing what extension developers install.
export { defineContract, standardContract } from '@souk/extension-sdk/protocol'
export { createSoukClient, type SoukClientOptions } from './api/create-souk-client'
export type { CatalogQuery, Consent, FunctionCall, SettingsInput, SoukClient } from './api/souk-client'
export { useAppTitle } from './app-title'
export type { Diagnostic, ReportDiagnostic } from './diagnostic'
export { type ConnectExtension, type Connection, type ConnectOptions, connectFrame } from './frame/connect'
export { HostError, type HostErrorDetails } from './host-error'
export { SoukProvider, type SoukProviderProps } from './provider'
export type {
  Chrome,
  ConfirmDialogProps,
  DialogProps,
  NoticeProps,
  PlaceholderProps,
  Toast,
  ToastsProps,
  WidgetFrameProps,
} from './registry/chrome'
export {
  createRegistry,
  type RegisteredComponent,
  type Registry,
  type RegistryComponents,
  type RegistryOptions,
} from './registry/create-registry'
export { runSelfTest, type SelfTestOptions, type SelfTestResult } from './self-test/run-self-test'
export { type AccountRequest, type HostServices, type ScopedService, type Souk, useSouk } from './souk-context'
export { Surface, type SurfaceProps } from './surface'
export { type SurfaceAction, SurfaceActions, type SurfaceActionsProps } from './surface-actions'

export { useSurfaceValues } from './surface-values'

export { useShown } from './tree/use-shown'
