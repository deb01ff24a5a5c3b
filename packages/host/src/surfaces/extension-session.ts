import {
  type ActiveExtension,
  type BridgeLimits,
  CAPABILITIES,
  type ErrorCode,
  type HostContext,
  type NoticeMessage,
  type PlainRecord,
  type PlainValue,
  type PlatformRequests,
  type PlatformRequestType,
} from '@souk/extension-sdk/protocol'
import { createId } from '../create-id'
import { createValue } from '../create-value'
import type { Diagnostic, ReportDiagnostic } from '../diagnostic'
import type { ConnectExtension, Connection } from '../frame/connect'
import {
  createExtensionConnection,
  type ExtensionConnection,
  type ExtensionServices,
} from '../frame/extension-connection'
import type { PooledSession } from '../frame/frame-pool'
import { createMessageMeter } from '../frame/message-meter'
import { startWatchdog } from '../frame/watchdog'
import { HostError } from '../host-error'
import type { Souk } from '../souk-context'
import { createTreeStore, type TreeStore } from '../tree/tree-store'
import { createDialogs } from './dialogs'
import { createExtensionServices, missingScope } from './extension-services'
import { createFileGrants } from './file-grants'
import { createFunctionStreams } from './function-streams'
import type { Overlays } from './overlays'
import type { Pause, PauseState } from './pausable-root'

/** One place where an extension draws. */
export interface SurfaceInstance {
  readonly store: TreeStore
  readonly pause: PauseState
  update(context: PlainRecord): void
  /** Ends the extension if it is paused, so that whoever draws next starts it anew. */
  endIfPaused(): void
  close(): void
}

/** One running extension: its frame, its roots and its dialogs. */
export interface ExtensionSession extends PooledSession {
  draw(surface: SurfaceCall): SurfaceInstance
  /** Runs an action to its end. Rejects with a `HostError`. */
  trigger(surface: SurfaceCall): Promise<PlainValue>
  /** Has the frame work out an expression of a surface. Rejects with a `HostError`; `ABORTED` when `signal` fires. */
  evaluate(surface: SurfaceCall, expression: string, signal: AbortSignal): Promise<PlainValue>
  updateContext(context: HostContext): void
}

export interface SurfaceCall {
  readonly kind: string
  readonly surfaceId: string
  readonly context: PlainRecord
}

export interface ExtensionSessionOptions {
  readonly extension: ActiveExtension
  readonly getSouk: () => Souk
  readonly connect: ConnectExtension
  readonly limits: BridgeLimits
  readonly overlays: Overlays
  readonly report: ReportDiagnostic
  /** Keeps the frame from going to sleep. */
  readonly hold: () => () => void
}

/** The relay drops what is malformed before it gets here, so more than a few mean that the relay is not what it was. */
const MAX_REFUSED = 50
/** How long effects may take to clean up before their frame is removed. */
const CLOSE_WAIT_MS = 250

export const createExtensionSession = (options: ExtensionSessionOptions): ExtensionSession => {
  const { extension, getSouk, connect, limits, overlays, hold } = options
  const { appId, appInstallationId } = extension
  const report = (diagnostic: Diagnostic) => options.report({ ...diagnostic, appInstallationId })
  const roots = new Map<string, TreeStore>()
  /** What was told to close and has not answered. */
  const closing = new Set<Promise<void>>()
  const files = createFileGrants()
  const pause = createValue<Pause | undefined>(undefined)
  let ended: HostError | undefined
  let hasAnnounced = false
  let refused = 0
  let late = 0
  let capabilities: readonly string[] | undefined
  let frame: Connection | undefined
  let connection: ExtensionConnection | undefined
  const streams = createFunctionStreams()
  let watchdog: { dispose(): void } | undefined
  let stopCounting = () => {}
  let settleReady: { resolve(value: ExtensionConnection): void; reject(error: HostError): void } | undefined
  const ready = new Promise<ExtensionConnection>((resolve, reject) => {
    settleReady = { resolve, reject }
  })
  // Whoever waits for it handles the failure; nobody may be waiting.
  ready.catch(() => {})

  const freeze = (code: ErrorCode, message: string) => {
    const traceId = createId()
    report({ code, message, traceId })
    pause.set({ code, message, traceId })
  }

  const request = async <T extends PlatformRequestType>(
    type: T,
    payload: PlatformRequests[T]['payload'],
  ): Promise<PlatformRequests[T]['value']> => (await ready).request(type, payload)

  /** For what is said without waiting: a failure to say it is seen elsewhere, or means that the extension is gone. */
  const tell = <T extends PlatformRequestType>(type: T, payload: PlatformRequests[T]['payload']) => {
    if (!ended) request(type, payload).catch(() => {})
  }

  const disconnect = () => {
    stopCounting()
    connection?.dispose()
    streams.dispose()
    frame?.dispose()
  }

  const stop = (error: HostError) => {
    ended = error
    settleReady?.reject(error)
    watchdog?.dispose()
  }

  const end = (error: HostError) => {
    if (ended) return
    // One for all that the user sees of it.
    const traced = error.traceId ? error : new HostError(error.code, error.message, { ...error, traceId: createId() })
    const { code, message, traceId } = traced
    stop(traced)
    disconnect()
    report({ code, message, ...(traceId ? { traceId } : {}) })
    for (const store of [...roots.values()]) store.fail(code, message, traceId)
    roots.clear()
    pause.set(undefined)
  }

  const openRoot = (rootId: string): TreeStore => {
    const store = createTreeStore({
      rootId,
      registry: getSouk().registry,
      limits,
      report,
      files: files.openRoot(),
      sendEvent: async (event) => {
        const paused = pause.get()
        // What the extension draws is out of the user's reach; this is for what a component does by itself.
        if (paused) throw new HostError(paused.code, `${extension.title} is paused, so it was not told.`)
        return request('event-handler-call', event)
      },
      onFailed: () => closeRoot(rootId),
    })
    if (ended) store.fail(ended.code, ended.message, ended.traceId)
    else if (roots.size >= limits.rootsPerFrame)
      store.fail(
        'LIMIT_EXCEEDED',
        `${extension.title} is shown in ${limits.rootsPerFrame} places, which is all it may have.`,
      )
    else roots.set(rootId, store)
    return store
  }

  /** Forgets the root here and has the extension clean up there. The store itself stays to show why it failed. */
  const closeRoot = (rootId: string) => {
    if (!roots.delete(rootId) || ended) return
    const closed: Promise<void> = request('close-surface', { instanceId: rootId })
      // A failure to clean up is seen elsewhere, or means that the extension is gone.
      .catch(() => {})
      .then(() => void closing.delete(closed))
    closing.add(closed)
  }

  const dialogs = createDialogs({
    appTitle: extension.title,
    pause,
    overlays,
    hold,
    openRoot,
    closeRoot,
    forgetRoot: (id) => roots.delete(id),
  })

  const onNotice = (notice: NoticeMessage) => {
    if (ended) return
    switch (notice.type) {
      case 'render-component': {
        const root = roots.get(notice.payload.rootId)
        // Batches that were on their way when the root was closed are nobody's fault.
        return root?.apply(notice.payload)
      }
      case 'error': {
        const { code, message, rootId, componentStack } = notice.payload
        report({
          code,
          message,
          ...(rootId === undefined ? {} : { rootId }),
          ...(componentStack === undefined ? {} : { componentStack }),
        })
        if (rootId !== undefined) return roots.get(rootId)?.fail(code, message)
        // The bundle itself failed, so nothing will ever answer.
        if (!hasAnnounced && code === 'EXTENSION_ERROR') end(new HostError(code, message))
        return
      }
      case 'frozen':
        return freeze(notice.payload.code, notice.payload.message)
      case 'thawed':
        return pause.set(undefined)
      case 'stopped':
        return end(new HostError(notice.payload.code, notice.payload.message))
      case 'set-surfaces': {
        hasAnnounced = true
        const isDeclared = (kind: string, id: string) =>
          extension.surfaces.some((surface) => surface.kind === kind && surface.id === id)
        for (const { kind, id } of notice.payload.surfaces)
          if (!isDeclared(kind, id))
            report({
              code: 'UNKNOWN_SURFACE',
              message: `The manifest of ${extension.title} has no ${kind} ${id}; it is ignored.`,
            })
        return
      }
      case 'log':
        // The frame has printed it to the console, with its source.
        return
    }
  }

  const onRefused = (sentence: string) => {
    refused++
    if (refused === 1) report({ code: 'INVALID_MESSAGE', message: `A message was dropped. ${sentence}` })
    if (refused > MAX_REFUSED)
      end(
        new HostError(
          'INVALID_MESSAGE',
          `${extension.title} sent too many malformed messages and was ended. ${sentence}`,
        ),
      )
  }

  const start = async (running: ExtensionConnection, protocolVersion: number) => {
    const { settings, grantedScopes } = extension
    const souk = getSouk()
    const { context, services } = souk
    const offers = (service: 'navigate' | 'openRecord'): boolean =>
      services[service] !== undefined && missingScope(souk, extension, service) === undefined
    try {
      await running.request('init', {
        protocolVersion,
        context,
        limits,
        capabilities: [
          ...CAPABILITIES,
          ...(offers('navigate') ? ['navigate'] : []),
          ...(offers('openRecord') ? ['open-record'] : []),
        ],
        grantedScopes,
        settings,
      })
      if (ended) return
      watchdog = startWatchdog({
        ping: () => running.request('ping', null),
        onSilent: () =>
          end(
            new HostError('EXTENSION_UNRESPONSIVE', `${extension.title} stopped answering and was ended. Try again.`),
          ),
      })
      settleReady?.resolve(running)
    } catch (error) {
      end(toHostError(error))
    }
  }

  /** While the last effects are cleaned up, the extension is heard no more. */
  const whileRunning = (services: ExtensionServices): ExtensionServices =>
    Object.fromEntries(
      Object.entries(services).map(([type, serve]) => [
        type,
        async (payload: never, signal: AbortSignal) => {
          if (ended) throw ended
          return serve(payload, signal)
        },
      ]),
      // The same names with the same types; the wrapper adds nothing that a type could see.
    ) as unknown as ExtensionServices

  try {
    frame = connect({
      extension,
      report,
      onEnd: end,
      onConnect(port, version, offered) {
        if (ended) return
        capabilities = offered
        const services = createExtensionServices({
          extension,
          getSouk,
          overlays,
          files,
          streams,
          'open-dialog': dialogs.open,
          'close-dialog': dialogs.close,
          async 'call-method'({ rootId, id, method }) {
            const store = roots.get(rootId)
            if (!store)
              throw new HostError('UNKNOWN_NODE', `${rootId} is not on the screen, so nothing there can ${method}.`)
            await store.callMethod(id, method)
            return null
          },
        })
        const meter = createMessageMeter(limits, () =>
          end(
            new HostError(
              'RATE_LIMITED',
              `${extension.title} sent more messages than its frame lets through and was ended. Try again.`,
            ),
          ),
        )
        port.addEventListener('message', meter.count)
        stopCounting = () => port.removeEventListener('message', meter.count)
        connection = createExtensionConnection({
          port,
          identity: { appId, appInstallationId },
          limits,
          services: whileRunning(services),
          onNotice,
          onRefused,
          onLate: (message) => {
            if (late++ < MAX_REFUSED) report({ code: 'ANSWER_TOO_LATE', message })
          },
        })
        void start(connection, version)
      },
    })
    // It may have failed before there was a frame to remove.
    if (ended) frame.dispose()
  } catch (error) {
    end(toHostError(error))
  }

  return {
    isAlive: () => ended === undefined,
    draw({ kind, surfaceId, context }) {
      const store = openRoot(createId())
      const { rootId: instanceId } = store
      let shown = JSON.stringify(context)
      if (roots.has(instanceId))
        request('trigger-surface', { kind, surfaceId, instanceId, context }).catch((error: unknown) => {
          const { code, message, traceId } = toHostError(error)
          store.fail(code, message, traceId)
        })
      return {
        store,
        pause,
        update(next) {
          const text = JSON.stringify(next)
          if (text === shown || !roots.has(instanceId)) return
          shown = text
          tell('context-changed', { instanceId, context: next })
        },
        endIfPaused() {
          if (pause.get())
            end(new HostError('CLOSED', `${extension.title} was paused and has been started anew. Try again.`))
        },
        close() {
          closeRoot(instanceId)
          store.dispose()
        },
      }
    },
    async trigger({ kind, surfaceId, context }) {
      const release = hold()
      try {
        return await request('trigger-surface', { kind, surfaceId, instanceId: createId(), context })
      } catch (error) {
        throw toHostError(error)
      } finally {
        release()
      }
    },
    async evaluate({ kind, surfaceId, context }, expression, signal) {
      try {
        const running = await ready
        if (capabilities && !capabilities.includes('evaluate'))
          throw new HostError('METHOD_NOT_FOUND', `The frame of ${extension.title} cannot evaluate expressions.`)
        const payload = { kind, surfaceId, expression, context }
        return await running.request('evaluate', payload, { signal })
      } catch (error) {
        throw toHostError(error)
      }
    },
    updateContext: (context) => tell('context-changed', { context: { ...context } }),
    dispose() {
      const wasRunning = !ended
      dialogs.dispose()
      for (const [rootId, store] of [...roots]) {
        closeRoot(rootId)
        store.dispose()
      }
      if (!wasRunning) return
      stop(new HostError('CLOSED', `${extension.title} was ended because it is no longer shown or installed.`))
      if (closing.size === 0) return disconnect()
      const timer = setTimeout(disconnect, CLOSE_WAIT_MS)
      void Promise.all(closing).then(() => {
        clearTimeout(timer)
        disconnect()
      })
    },
  }
}

const toHostError = (error: unknown): HostError =>
  error instanceof HostError
    ? error
    : new HostError(
        'INTERNAL',
        `The extension could not be started: ${error instanceof Error ? error.message : 'unknown reason'}.`,
        {
          cause: error,
        },
      )
