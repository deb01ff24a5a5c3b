import type { App } from '../app/surfaces'
import type { QuickAction, QuickActionContext } from '../app/workflow'
import { createAsyncCache } from '../client/async-cache'
import { type ClientRuntime, provideClientRuntime } from '../client/client-runtime'
import { createChannel, type PortLike } from '../protocol/channel'
import { type BridgeLimits, DEFAULT_LIMITS } from '../protocol/limits'
import type { ExtensionNotices, FrameIdentity } from '../protocol/messages'
import { PACKED_BATCHES, transferOf } from '../protocol/packed-batch'
import { isRefusal } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { SdkError } from '../sdk-error'
import { connectPlatform, type PlatformServices } from './connect-platform'
import type { DevelopmentTools } from './development-tools'
import { createDialogs, type Dialogs } from './dialogs'
import { findContextProblem, isSpoken, parseInit } from './parse-init'
import { createRoots } from './roots'
import { createSessionStore } from './session-store'
import { createSurfaces } from './surfaces'
import { errorCodeOf, messageOf } from './to-wire-error'

export type RunQuickAction = (
  action: QuickAction,
  context: QuickActionContext,
  runtime: Pick<ClientRuntime, 'openDialog' | 'request'>,
) => Promise<void>

export interface StartOptions {
  readonly app: App
  /** What draws the form of a quick action. A bundle of an app that has some brings it. */
  readonly runQuickAction?: RunQuickAction
  readonly port: PortLike
  readonly identity: FrameIdentity
  /** Told of messages of the product that were dropped. */
  readonly onRefused?: (sentence: string) => void
  /** StrictMode and Fast Refresh. Absent in production. */
  readonly development?: DevelopmentTools
}

export interface RunningExtension {
  log(log: ExtensionNotices['log']): void
  /** Tells the product of an error nobody caught. */
  fail(error: unknown): void
  /** How many requests wait for an answer, in both directions. */
  pending(): number
  /** Puts the next version of the app in place of this one. Components that are still the same keep their state. */
  replaceApp(app: App): void
  /** Unmounts everything, answers nothing more and leaves nothing behind. */
  dispose(): void
}

/** Boots one extension at one end of a bridge: it announces its surfaces and answers the product until it is disposed. */
export const startExtension = (options: StartOptions): RunningExtension => {
  const { app, port, identity, runQuickAction, onRefused = () => {}, development } = options
  // The channel and the roots read the limits as they go, so that those of `init` hold as soon as it has arrived.
  const limits: BridgeLimits = { ...DEFAULT_LIMITS }
  const channel = createChannel({ port, side: 'souk-extension', identity, limits, onRefused })
  const session = createSessionStore()
  let isPacked = false

  const log = (entry: ExtensionNotices['log']) => channel.notify('log', entry)
  const fail = (error: unknown) => channel.notify('error', { code: errorCodeOf(error), message: messageOf(error) })

  const roots = createRoots({
    limits,
    onCommit: (batch) => channel.notify('render-component', batch, transferOf(batch)),
    isPacked: () => isPacked,
    onError: (error) => channel.notify('error', error),
    onLog: log,
    callMethod: (call) => request('call-method', call),
    ...(development ? { development } : {}),
  })
  const surfaces = createSurfaces(app, roots, (action, context) => {
    if (!runQuickAction)
      throw new SdkError(
        'UNKNOWN_SURFACE',
        'The bundle was built without the forms that quick actions need. Build it anew.',
      )
    return runQuickAction(action, context, runtime)
  })

  const services: PlatformServices = {
    init(payload) {
      const init = parseInit(payload)
      if (isRefusal(init))
        throw new SdkError(isSpoken(payload) ? 'INVALID_MESSAGE' : 'PROTOCOL_VERSION_UNSUPPORTED', init.refused)
      Object.assign(limits, init.limits)
      const { context, settings, grantedScopes, capabilities = [] } = init
      session.set({ context, settings, grantedScopes, capabilities })
      isPacked = capabilities.includes(PACKED_BATCHES)
      return null
    },
    'trigger-surface': async ({ kind, surfaceId, instanceId, context }) => {
      const value = await surfaces.trigger(kind, surfaceId, instanceId, context)
      // Only a step has a result that the product asked for; what an action returns is its own.
      return kind.startsWith('workflow.') ? (value as PlainValue) : null
    },
    'context-changed'({ instanceId, context }) {
      if (instanceId !== undefined) surfaces.update(instanceId, context)
      else updateContext({ ...session.get().context, ...context })
      return null
    },
    'close-surface'({ instanceId }) {
      if (!dialogs.closedByProduct(instanceId)) surfaces.close(instanceId)
      return null
    },
    'event-handler-call'({ rootId, handlerId, args, eventVersion }) {
      const result = roots.dispatch(rootId, handlerId, args, eventVersion)
      // What was done at once is already on its way. Nobody waits for the rest, but its failure must be seen.
      Promise.resolve(result).catch(fail)
      return null
    },
    evaluate: ({ kind, surfaceId, expression, context }) => surfaces.evaluate(kind, surfaceId, expression, context),
    ping: () => null,
  }
  const { request, pending } = connectPlatform(channel, services, onRefused)

  const updateContext = (context: unknown) => {
    const problem = findContextProblem(context)
    if (problem) throw new SdkError('INVALID_MESSAGE', problem)
    session.set({ ...session.get(), context: context as ReturnType<typeof session.get>['context'] })
  }

  const dialogs: Dialogs = createDialogs(roots, request)
  const runtime: ClientRuntime = {
    request,
    openDialog: dialogs.open,
    closeDialog: dialogs.close,
    session,
    asyncCache: createAsyncCache(),
  }
  const withdraw = provideClientRuntime(runtime)

  channel.notify('set-surfaces', { surfaces: surfaces.list() })

  return {
    log,
    fail,
    pending,
    replaceApp(next) {
      // First, so that React knows an edited component for the one before it when the surfaces are drawn with it.
      development?.refresh()
      surfaces.replace(next)
    },
    dispose() {
      roots.dispose()
      withdraw()
      channel.close()
    },
  }
}
