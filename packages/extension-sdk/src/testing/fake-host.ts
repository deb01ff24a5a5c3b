import * as Comlink from 'comlink'
import type { App } from '../app/surfaces'
import type { Answer } from '../protocol/channel'
import { createChannel, type PortLike } from '../protocol/channel'
import { createCalleeEndpoint, createCallerEndpoint } from '../protocol/endpoints'
import { DEFAULT_LIMITS } from '../protocol/limits'
import {
  EXTENSION_REQUEST_TYPES,
  type ExtensionRequests,
  type ExtensionRequestType,
  type HostContext,
  type InitPayload,
  PLATFORM_REQUEST_TYPES,
  type PlatformRequests,
  type PlatformRequestType,
  parseExtensionRequest,
} from '../protocol/messages'
import { isPackedBatch, PACKED_BATCHES } from '../protocol/packed-batch'
import { isRefusal } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { createPackedReader, type PackedReader } from '../protocol/unpack-batch'
import { STREAMED_RESULTS } from '../protocol/version'
import { toWireError } from '../runtime/to-wire-error'
import { fromWireError } from '../sdk-error'
import { connectApp } from './connect-app'
import { createTreeModel, type ModelNode } from './tree-model'

const IDENTITY = { appId: 'app', appInstallationId: 'installation' }

type PayloadOf<T extends ExtensionRequestType> = ExtensionRequests[T]['payload']

export interface FakeHostOptions {
  readonly context?: Partial<HostContext>
  readonly settings?: { readonly organization?: object; readonly user?: object }
  readonly grantedScopes?: readonly string[]
  /** What the product can do beside the protocol. Default: `navigate` and `open-record`. */
  readonly capabilities?: readonly string[]
  /** Answers a request of the extension. */
  readonly serve: <T extends ExtensionRequestType>(
    type: T,
    payload: PayloadOf<T>,
    signal: AbortSignal,
  ) => Promise<PlainValue>
  /** Told after each batch that was drawn. */
  readonly onChange: () => void
}

export const DEFAULT_CONTEXT: HostContext = {
  theme: 'light',
  locale: 'en-GB',
  timeZone: 'UTC',
  user: { id: 'user', name: 'Ada Lovelace' },
  organization: { id: 'organization', name: 'Analytical Engines' },
}

/** The product's end of the bridge: the real protocol over a real port, without a page. */
export const createFakeHost = (app: App, options: FakeHostOptions) => {
  const { serve, onChange } = options
  const errors: { readonly code: string; readonly message: string }[] = []
  const logs: { readonly level: string; readonly message: string }[] = []
  const models = new Map<string, ReturnType<typeof createTreeModel>>()
  const readers = new Map<string, PackedReader>()
  let ended = () => {}

  const ready = new Promise<PortLike>((resolve) => {
    const connection = connectApp(app, (message) => errors.push({ code: 'INVALID_MESSAGE', message }))({
      extension: IDENTITY,
      onConnect: resolve,
    })
    ended = () => connection.dispose()
  })

  const start = async () => {
    const port = await ready
    const channel = createChannel({
      port,
      side: 'souk-platform',
      identity: IDENTITY,
      limits: DEFAULT_LIMITS,
      onRefused: (message) => errors.push({ code: 'INVALID_MESSAGE', message }),
    })
    channel.on('notice', (notice) => {
      if (notice.type === 'error') errors.push(notice.payload)
      if (notice.type === 'log') logs.push(notice.payload)
      if (notice.type !== 'render-component') return
      const { payload } = notice
      const model = models.get(payload.rootId) ?? createTreeModel()
      models.set(payload.rootId, model)
      const reader = readers.get(payload.rootId) ?? createPackedReader(DEFAULT_LIMITS)
      readers.set(payload.rootId, reader)
      const batch = isPackedBatch(payload) ? reader.unpack(payload) : payload
      if (isRefusal(batch)) errors.push({ code: 'INVALID_MESSAGE', message: batch.refused })
      else model.apply(batch)
      onChange()
    })
    const answering =
      <T extends ExtensionRequestType>(type: T) =>
      async (received: unknown, signal: AbortSignal): Promise<Answer> => {
        const payload = parseExtensionRequest(type, received)
        if (isRefusal(payload)) return { ok: false, error: { code: 'INVALID_MESSAGE', message: payload.refused } }
        try {
          return { ok: true, value: await serve(type, payload, signal) }
        } catch (error) {
          return { ok: false, error: toWireError(error) }
        }
      }
    const callee = createCalleeEndpoint(channel, EXTENSION_REQUEST_TYPES)
    const caller = createCallerEndpoint(channel, PLATFORM_REQUEST_TYPES)
    // Comlink declares DOM events, and reads only `data` and `origin` of them, which is all a guard endpoint gives.
    const asEndpoint = (endpoint: object) => endpoint as unknown as Comlink.Endpoint
    Comlink.expose(
      Object.fromEntries(EXTENSION_REQUEST_TYPES.map((type) => [type, answering(type)])),
      asEndpoint(callee),
    )
    const proxy = Comlink.wrap<Record<PlatformRequestType, (payload: unknown) => Promise<Answer>>>(asEndpoint(caller))
    return { channel, proxy }
  }
  const started = start()

  const request = async <T extends PlatformRequestType>(
    type: T,
    payload: PlatformRequests[T]['payload'],
  ): Promise<PlatformRequests[T]['value']> => {
    const { proxy } = await started
    // The union of all requests is too wide for TypeScript to see that each takes one payload and gives an Answer.
    const answer = await (proxy[type] as (payload: unknown) => Promise<Answer>)(payload)
    if (!answer.ok) throw fromWireError(answer.error)
    return answer.value as PlatformRequests[T]['value']
  }

  const init: InitPayload = {
    protocolVersion: 1,
    context: { ...DEFAULT_CONTEXT, ...options.context },
    limits: DEFAULT_LIMITS,
    capabilities: [PACKED_BATCHES, STREAMED_RESULTS, ...(options.capabilities ?? ['navigate', 'open-record'])],
    grantedScopes: options.grantedScopes ?? [],
    settings: {
      // The types of the builders are plain data.
      organization: (options.settings?.organization ?? {}) as InitPayload['settings']['organization'],
      user: (options.settings?.user ?? {}) as InitPayload['settings']['user'],
    },
  }

  return {
    errors,
    logs,
    init: () => request('init', init),
    request,
    rootOf: (rootId: string): ModelNode | undefined => models.get(rootId)?.root,
    async dispose() {
      const { channel } = await started
      channel.close()
      ended()
    },
  }
}
