export { findChromeFaults } from './conformance/chrome-faults'
export { findComponentFaults, type Wrap } from './conformance/component-faults'
export { type RegistryConformanceOptions, testRegistry } from './conformance/registry-conformance'
export { type Replay, type ReplayOptions, replaySession } from './replay-session'
