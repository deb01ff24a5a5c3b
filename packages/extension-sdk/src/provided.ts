/** What the runtime in the frame gives to bundles as `@souk/extension-sdk`. */

export { defineApp } from './app/define-app'
export { defineConfig, type SoukConfig } from './app/define-config'
export { type ConnectionConfig, type ConnectionTestResult, defineConnection } from './app/define-connection'
export type {
  App,
  BulkRecordAction,
  CallTextAction,
  CallTextContext,
  ProductSurface,
  RecordAction,
  RecordContext,
  RecordsContext,
  RecordWidget,
} from './app/surfaces'
export type { FieldBuilder, FieldBuilders, InferFields } from './fields/field-builder'
export type { ConnectionAttachment, ConnectionField, ConnectionVariable } from './protocol/connection'
export { SdkError, type SdkErrorDetails } from './sdk-error'
export {
  type PlainSettingBuilder,
  type SelectOption,
  type SettingBuilder,
  Settings,
  type SettingsFields,
  type SettingsFields as SettingsSchema,
} from './settings/builders'
export type { InferClientSettings, InferSettings } from './settings/infer-settings'
