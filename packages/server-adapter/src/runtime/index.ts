export type { EgressLogEntry, EgressOptions } from './egress/create-egress-broker'
export * from './function-runtime'
export { examineHardening, type Hardening } from './hardened/find-bubblewrap'
export { createHardenedRuntime, type HardenedRuntimeOptions } from './hardened/hardened-runtime'
export { createProcessRuntime, type ProcessRuntimeOptions } from './process-runtime'
export type { CallKeys } from './remote/call-token'
export { createFunctionWorker, type FunctionWorker, type FunctionWorkerOptions } from './remote/create-function-worker'
export {
  createRemoteRuntime,
  DEFAULT_REMOTE_LIMITS,
  type RemoteLimits,
  type RemoteRuntimeOptions,
} from './remote/create-remote-runtime'
export { DEFAULT_RUNTIME_LIMITS, type RuntimeLimits } from './runtime-limits'
