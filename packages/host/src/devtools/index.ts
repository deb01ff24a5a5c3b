export {
  createDevtools,
  type Devtools,
  type DevtoolsOptions,
  type DevtoolsState,
  type DiagnosticEntry,
  type FrameView,
  type RootView,
  type TrafficEntry,
} from './create-devtools'
export { DevtoolsPanel, type DevtoolsPanelProps, useDevtools } from './devtools-panel'
export { TrafficView, type TrafficViewProps } from './traffic-view'
export type { MirrorNode } from './tree-mirror'
