export { defineApp } from './app/define-app'
export { defineConfig, type SoukConfig } from './app/define-config'
export { type ConnectionConfig, type ConnectionTestResult, defineConnection } from './app/define-connection'
export type { App, RecordAction, RecordContext, RecordWidget } from './app/surfaces'
export type { ConnectionAttachment, ConnectionField, ConnectionVariable } from './protocol/connection'
export { SdkError, type SdkErrorDetails } from './sdk-error'
export {
  type PlainSettingBuilder,
  type SelectOption,
  type SettingBuilder,
  Settings,
  type SettingsFields,
} from './settings/builders'
export type { InferClientSettings, InferSettings } from './settings/infer-settings'
