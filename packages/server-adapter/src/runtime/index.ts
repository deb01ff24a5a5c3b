export type { EgressLogEntry, EgressOptions } from './egress/create-egress-broker'
export * from './function-runtime'
export { createProcessRuntime, type ProcessRuntimeOptions } from './process-runtime'
export { DEFAULT_RUNTIME_LIMITS, type RuntimeLimits } from './runtime-limits'
