import * as React from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import type { App } from '../app/surfaces'
import * as client from '../client/provided'
import type { PortLike } from '../protocol/channel'
import type { FrameIdentity } from '../protocol/messages'
import { isName, isRecord } from '../protocol/parse'
import * as sdk from '../provided'
import { captureConsole } from './capture-console'
import type { DevelopmentOptions, DevelopmentTools, RefreshRegistry } from './development-tools'
import { provideRandomUuid } from './provide-random-uuid'
import { removeDangerousGlobals } from './remove-dangerous-globals'
import { type RunningExtension, type RunQuickAction, startExtension } from './start-extension'

type Pending = (extension: RunningExtension) => void

const MAX_PENDING = 50

export type WorkerScope = PortLike & { readonly name: string } & EventTarget

/** What differs between the production worker and the one for development. */
export interface WorkerFlavour {
  /** The module `react/jsx-dev-runtime`. */
  readonly jsxDevRuntime: object
  /** Makes text of what was logged, while it is being logged. */
  readonly formatLog?: (values: readonly unknown[]) => string
  readonly createTools?: (options: DevelopmentOptions) => DevelopmentTools
  readonly refresh?: RefreshRegistry
}

/** The boot script names the worker after the frame it belongs to. */
const readIdentity = (name: string): FrameIdentity => {
  const identity: unknown = JSON.parse(name)
  if (!isRecord(identity) || !isName(identity.appId) || !isName(identity.appInstallationId))
    throw new TypeError('The worker was not started by the boot script of a Souk frame.')
  return { appId: identity.appId, appInstallationId: identity.appInstallationId }
}

/** What a bundle hands to the runtime. */
interface ExtensionBundle {
  readonly app: App
  /** Of an app that has quick actions. */
  readonly runQuickAction?: RunQuickAction
}

/** Prepares the worker before the extension's bundle, which stands behind this script in the same file, runs. */
export const prepareWorker = (scope: WorkerScope, flavour: WorkerFlavour): void => {
  const { jsxDevRuntime, formatLog, createTools, refresh } = flavour
  const identity = readIdentity(scope.name)
  let extension: RunningExtension | undefined
  const pending: Pending[] = []
  // What happens while the bundle loads is told as soon as there is a bridge.
  const whenRunning = (tell: Pending) => {
    if (extension) tell(extension)
    else if (pending.length < MAX_PENDING) pending.push(tell)
  }

  removeDangerousGlobals(scope)
  provideRandomUuid(crypto)
  captureConsole(console, (log) => whenRunning((running) => running.log(log)), formatLog)
  scope.addEventListener('error', (event: Event) => {
    // While the bundle loads there is no bridge: the event goes on to the boot script, which tells.
    if (!extension) return
    const { error } = event as ErrorEvent
    event.preventDefault()
    console.error(error)
    extension.fail(error)
  })
  scope.addEventListener('unhandledrejection', (event: Event) =>
    whenRunning((running) => running.fail((event as PromiseRejectionEvent).reason)),
  )

  const start = ({ app, runQuickAction }: ExtensionBundle, options: DevelopmentOptions = {}) => {
    const development = createTools?.(options)
    // A bundle that starts a second time is the next version of the one that runs. In production there is none.
    if (extension) return development && extension.replaceApp(app)
    extension = startExtension({
      app,
      ...(runQuickAction ? { runQuickAction } : {}),
      port: scope,
      identity,
      onRefused: (sentence) => console.warn(sentence),
      ...(development ? { development } : {}),
    })
    for (const tell of pending.splice(0)) tell(extension)
  }

  Object.defineProperty(globalThis, 'SoukRuntime', {
    value: {
      modules: {
        react: React,
        'react/jsx-runtime': jsxRuntime,
        'react/jsx-dev-runtime': jsxDevRuntime,
        '@souk/extension-sdk': sdk,
        '@souk/extension-sdk/client': client,
      },
      start,
      refresh,
    },
  })
}
