import * as React from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import { prepareWorker, type WorkerScope } from './prepare-worker'

// A bundle built for development runs here as well, without what development adds.
const jsxDevRuntime = {
  Fragment: React.Fragment,
  jsxDEV: (type: React.ElementType, props: unknown, key?: React.Key) => jsxRuntime.jsx(type, props, key),
}

// In a dedicated worker the global scope is the port; TypeScript's DOM library only knows it as a window.
prepareWorker(globalThis as unknown as WorkerScope, { jsxDevRuntime })
