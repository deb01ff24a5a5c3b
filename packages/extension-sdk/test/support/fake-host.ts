import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import * as Comlink from 'comlink'
import type { App } from '../../src'
import {
  type Answer,
  createCalleeEndpoint,
  createCallerEndpoint,
  createChannel,
  createPackedReader,
  DEFAULT_LIMITS,
  EXTENSION_REQUEST_TYPES,
  type ExtensionRequestType,
  type InitPayload,
  isPackedBatch,
  isRefusal,
  type NoticeMessage,
  type PackedReader,
  PLATFORM_REQUEST_TYPES,
  type PlatformRequests,
  type PlatformRequestType,
  type PortLike,
} from '../../src/protocol'
import type { DevelopmentTools } from '../../src/runtime/development-tools'
import { startExtension } from '../../src/runtime/start-extension'
import { createTreeModel } from './tree-model'

const identity = { appId: 'app', appInstallationId: 'installation' }

const INIT: InitPayload = {
  protocolVersion: 1,
  context: {
    theme: 'light',
    locale: 'en-GB',
    timeZone: 'Europe/Berlin',
    user: { id: 'u1', name: 'Ada' },
    organization: { id: 'o1' },
  },
  limits: { ...DEFAULT_LIMITS, rootsPerFrame: 3, requestTimeoutMs: 5_000 },
  grantedScopes: [],
  settings: { organization: { apiUrl: 'https://api.example.com' }, user: {} },
}

type Services = { readonly [T in ExtensionRequestType]?: (payload: never, signal: AbortSignal) => unknown }

/** Starts an app at one end of a real port and plays the product at the other. */
export const startWithFakeHost = (app: App, services: Services = {}, development?: DevelopmentTools) => {
  const { port1, port2 } = new NodeMessageChannel()
  const refusals: string[] = []
  const notices: NoticeMessage[] = []
  const watchers = new Set<() => void>()
  const requests: { type: string; payload: unknown }[] = []
  const readers = new Map<string, PackedReader>()
  const models = new Map<string, ReturnType<typeof createTreeModel>>()

  const channel = createChannel({
    port: port1 as unknown as PortLike,
    side: 'souk-platform',
    identity,
    limits: INIT.limits,
    onRefused: (sentence) => refusals.push(sentence),
  })
  channel.on('notice', (notice) => {
    notices.push(notice)
    if (notice.type === 'render-component') {
      const { payload } = notice
      const { rootId } = payload
      const model = models.get(rootId) ?? createTreeModel()
      models.set(rootId, model)
      const reader = readers.get(rootId) ?? createPackedReader(INIT.limits)
      readers.set(rootId, reader)
      const batch = isPackedBatch(payload) ? reader.unpack(payload) : payload
      if (isRefusal(batch)) throw new Error(batch.refused)
      model.apply(batch)
    }
    for (const watch of [...watchers]) watch()
  })

  const serve =
    (type: ExtensionRequestType) =>
    async (payload: unknown, signal: AbortSignal): Promise<Answer> => {
      requests.push({ type, payload })
      try {
        return { ok: true, value: (await services[type]?.(payload as never, signal)) ?? null }
      } catch (error) {
        return { ok: false, error: error as { code: string; message: string } }
      }
    }
  const callee = createCalleeEndpoint(channel, EXTENSION_REQUEST_TYPES)
  const caller = createCallerEndpoint(channel, PLATFORM_REQUEST_TYPES)
  Comlink.expose(
    Object.fromEntries(EXTENSION_REQUEST_TYPES.map((type) => [type, serve(type)])),
    callee as unknown as Comlink.Endpoint,
  )
  const proxy = Comlink.wrap<Record<PlatformRequestType, (payload: unknown) => Promise<Answer>>>(
    caller as unknown as Comlink.Endpoint,
  )

  const extension = startExtension({
    app,
    port: port2 as unknown as PortLike,
    identity,
    onRefused: (sentence) => refusals.push(sentence),
    ...(development ? { development } : {}),
  })

  const send = async <T extends PlatformRequestType>(
    type: T,
    payload: PlatformRequests[T]['payload'],
  ): Promise<Answer> => (proxy[type] as (payload: unknown) => Promise<Answer>)(payload)

  return {
    send,
    extension,
    init: (change: object = {}) => send('init', { ...INIT, ...change }),
    notices,
    requests,
    refusals,
    port: port1,
    /** Requests without an answer, of both ends and both directions. */
    pending: () => callee.pending + caller.pending + extension.pending(),
    draw: (rootId: string) => models.get(rootId)?.draw(),
    find: (rootId: string, component: string, prop: string) => models.get(rootId)?.find(component, prop) ?? '',
    /** Resolves when `check` holds after a notice. */
    until: (check: () => boolean) =>
      new Promise<void>((resolve) => {
        const watch = () => {
          if (!check()) return
          watchers.delete(watch)
          resolve()
        }
        watchers.add(watch)
        watch()
      }),
    dispose() {
      extension.dispose()
      channel.close()
    },
  }
}
