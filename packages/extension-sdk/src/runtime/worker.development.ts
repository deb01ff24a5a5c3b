import * as jsxDevRuntime from 'react/jsx-dev-runtime'
import { acceptHotUpdates, type HotUpdateScope } from './accept-hot-updates'
import { createDevelopmentTools, refreshRegistry } from './development-tools'
import { formatReactLog } from './format-react-log'
import { prepareWorker, type WorkerScope } from './prepare-worker'

// The worker of development deployments: React's development build, with its warnings, StrictMode and Fast Refresh.
acceptHotUpdates(globalThis as unknown as HotUpdateScope)
prepareWorker(globalThis as unknown as WorkerScope, {
  jsxDevRuntime,
  formatLog: formatReactLog,
  createTools: createDevelopmentTools,
  refresh: refreshRegistry,
})
