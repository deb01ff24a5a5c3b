import {
  type ActiveExtension,
  type Channel,
  createChannel,
  DEFAULT_LIMITS,
  type ExtensionNotices,
  type ExtensionNoticeType,
  type ExtensionRequests,
  type ExtensionRequestType,
  type PlainValue,
  type TreeNode,
  type TreeOperation,
} from '@souk/extension-sdk/protocol'
import type { ConnectExtension, ConnectOptions } from '../frame/connect'

type Received = { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }
type Reply = (request: Received, extension: FakeExtension) => PlainValue | Promise<PlainValue>

/** The other end of the bridge, driven by a test. */
export interface FakeExtension {
  readonly extension: ActiveExtension
  readonly channel: Channel
  readonly received: readonly Received[]
  /** Sends anything at all on the port, as a hostile frame could. */
  post(message: unknown): void
  notify<T extends ExtensionNoticeType>(type: T, payload: ExtensionNotices[T]): void
  request<T extends ExtensionRequestType>(type: T, payload: ExtensionRequests[T]['payload']): Promise<unknown>
  /** The next commit of a root. */
  commit(rootId: string, ...operations: readonly TreeOperation[]): void
  end: ConnectOptions['onEnd']
  isDisposed(): boolean
}

/** A connector whose extensions are scripted, and all of those it made. */
export const createFakeExtensions = (reply: Reply = () => null) => {
  const running: FakeExtension[] = []

  const connect: ConnectExtension = ({ extension, onConnect, onEnd }) => {
    const { port1, port2 } = new MessageChannel()
    const received: Received[] = []
    const commits = new Map<string, number>()
    const waiting = new Map<string, (answer: unknown) => void>()
    let isDisposed = false
    let requests = 0

    const identity = { appId: extension.appId, appInstallationId: extension.appInstallationId }
    const channel = createChannel({
      port: port2,
      side: 'souk-extension',
      identity,
      limits: DEFAULT_LIMITS,
      onRefused: () => {},
    })
    const fake: FakeExtension = {
      extension,
      channel,
      received,
      post: (message) => port2.postMessage(message),
      notify: channel.notify,
      request: (type, payload) =>
        new Promise((resolve) => {
          const requestId = `fake-${++requests}`
          waiting.set(requestId, resolve)
          channel.request(type, requestId, payload)
        }),
      commit(rootId, ...operations) {
        const commit = (commits.get(rootId) ?? 0) + 1
        commits.set(rootId, commit)
        channel.notify('render-component', { rootId, commit, operations })
      },
      end: onEnd,
      isDisposed: () => isDisposed,
    }
    channel.on('answer', (message) => waiting.get(message.requestId)?.(message.ok ? message.value : message.error))
    channel.on('request', async ({ type, requestId, payload }) => {
      const request = { type, payload: (payload ?? {}) as Received['payload'] }
      received.push(request)
      try {
        channel.answer(type, requestId, { ok: true, value: await reply(request, fake) })
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        channel.answer(type, requestId, { ok: false, error: { code: 'EXTENSION_ERROR', message, traceId: 'trace-1' } })
      }
    })
    running.push(fake)
    queueMicrotask(() => {
      if (!isDisposed) onConnect(port1, 1)
    })
    return {
      dispose() {
        isDisposed = true
        channel.close()
      },
    }
  }

  return { connect, running }
}

export const testExtension = (changes: Partial<ActiveExtension> = {}): ActiveExtension => ({
  appId: 'app-orders',
  appInstallationId: 'inst1',
  deploymentId: 'dep1',
  slug: 'orders',
  title: 'Orders',
  avatarUrl: null,
  version: '1.0.0',
  isolation: 'origin',
  frameUrl: 'http://inst1.sandbox.localhost:4401/frame/inst1/dep1',
  surfaces: [
    { kind: 'record.widgets', id: 'orders', label: 'Recent orders', recordTypes: ['ticket'] },
    { kind: 'record.actions', id: 'refund', label: 'Refund' },
  ],
  grantedScopes: ['orders:read'],
  settings: { organization: {}, user: {} },
  needsConfiguration: false,
  ...changes,
})

export const element = (
  id: number,
  component: string,
  children: readonly TreeNode[] = [],
  props: Readonly<Record<string, PlainValue>> = {},
  handlers: readonly string[] = [],
): TreeNode => ({ id, component, props, handlers, children })

export const insert = (node: TreeNode, parent = 0, before = 0): TreeOperation => ({
  op: 'insert',
  parent,
  before,
  node,
})

export const textNode = (id: number, text: string): TreeNode => ({ id, text })
