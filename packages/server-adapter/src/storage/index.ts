// What an implementation needs of the protocol, so that it depends on this entry only.
export type { ApiKeyScope, CatalogSort, DeploymentStatus, DeploymentType, Manifest } from '@souk/extension-sdk/protocol'
export {
  API_KEY_SCOPES,
  DEPLOYMENT_STATUSES,
  isRecord,
  isRefusal,
  parseManifest,
  ROLLOUT_HALT_CODES,
} from '@souk/extension-sdk/protocol'
export * from './catalog-text'
export * from './cursor'
export * from './deployment-moves'
export * from './follow-cursor'
export * from './memory-storage'
export * from './records'
export * from './rollout-bucket'
export * from './storage'
export * from './storage-error'
