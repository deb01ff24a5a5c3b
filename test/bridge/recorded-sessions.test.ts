// @vitest-environment jsdom
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CAPABILITIES,
  DEFAULT_LIMITS,
  EXTENSION_REQUEST_TYPES,
  type ExtensionNoticeType,
  isRefusal,
  type NodeId,
  negotiateVersion,
  PACKED_BATCHES,
  PLATFORM_REQUEST_TYPES,
  parseBridgeMessage,
  parseConnectMessage,
} from '@souk/extension-sdk/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { App } from '../../packages/extension-sdk/src/app/surfaces'
import { startExtension } from '../../packages/extension-sdk/src/runtime/start-extension'
import { writeRecording } from '../../packages/host/src/recording/recording'
import { testRegistry } from '../../packages/host/src/testing/test-registry'
import { createTreeStore, type TreeStore } from '../../packages/host/src/tree/tree-store'
import { createControlApp, recordControls } from './support/control-session'
import { createPipe } from './support/pipe'
import { mountSessionPage, readRecording, recordSession, type SessionRecording, withIds } from './support/recording'
import { createSessionApp } from './support/session-app'
import { settle } from './support/settle'
import { createStreamApp, recordStreams } from './support/stream-session'

/**
 * Sessions of every version of the protocol, recorded when it was new: what a bundle of that day says is understood today.
 * A fixture is never changed. `SOUK_RECORD=1` adds those of today's version that are not there yet.
 */

type Message = Record<string, unknown>

const folder = join(import.meta.dirname, '../../packages/extension-sdk/src/protocol/fixtures/v1')

const RECORDINGS: Readonly<
  Record<string, { readonly record: () => Promise<SessionRecording>; readonly app: () => App }>
> = {
  'readable-batches': {
    record: () => recordSession(CAPABILITIES.filter((name) => name !== PACKED_BATCHES)),
    app: createSessionApp,
  },
  'packed-batches': { record: () => recordSession(CAPABILITIES), app: createSessionApp },
  controls: { record: recordControls, app: createControlApp },
  streams: { record: recordStreams, app: createStreamApp },
}

/** All of them: the compiler asks for each. */
const NOTICES: Readonly<Record<ExtensionNoticeType, true>> = {
  'set-surfaces': true,
  'render-component': true,
  log: true,
  error: true,
  stopped: true,
  frozen: true,
  thawed: true,
}

/** What the relay says of an extension, which does not say it itself. */
const OF_RELAY: readonly unknown[] = ['stopped', 'frozen', 'thawed']

vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => document.body.replaceChildren())

if (process.env.SOUK_RECORD) {
  mkdirSync(folder, { recursive: true })
  const there = new Set(readdirSync(folder))
  for (const [name, { record }] of Object.entries(RECORDINGS)) {
    if (!there.has(`${name}.json`)) writeFileSync(join(folder, `${name}.json`), writeRecording(await record()))
    document.body.replaceChildren()
  }
}

const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, SessionRecording] => [name, readRecording(readFileSync(join(folder, name), 'utf8'))])

/** Messages by kind and type, so that two sides that differ in their order of unrelated messages still meet. */
const createQueues = () => {
  const queues = new Map<string, Message[]>()
  const keyOf = ({ kind, type, requestId }: Message) =>
    kind === 'answer' ? `answer ${String(requestId)}` : `${String(kind)} ${String(type)}`
  return {
    put: (message: Message) => void queues.set(keyOf(message), [...(queues.get(keyOf(message)) ?? []), message]),
    take(like: Message): Message {
      const queue = queues.get(keyOf(like)) ?? []
      const message = queue.shift()
      if (!message) throw new Error(`No ${keyOf(like)} came. What came: ${[...queues.keys()].join(', ')}`)
      return message
    },
  }
}

/** A component stack names lines of files. */
const withoutStack = (payload: unknown) => ({ ...(payload as Message), componentStack: undefined })

const learn = (ids: Map<string, string>, recorded: unknown, live: unknown, names: readonly string[]) => {
  for (const name of names) {
    const before = (recorded as Message | null)?.[name]
    const now = (live as Message | null)?.[name]
    if (typeof before === 'string' && typeof now === 'string') ids.set(before, now)
  }
}

test('there is a recording of each session', () => {
  expect(fixtures.map(([name]) => name).sort()).toEqual(
    Object.keys(RECORDINGS)
      .map((name) => `${name}.json`)
      .sort(),
  )
})

test.each([
  ['host request', PLATFORM_REQUEST_TYPES],
  ['extension request', EXTENSION_REQUEST_TYPES],
  ['extension notice', Object.keys(NOTICES)],
  ['host abort', ['abort']],
  ['extension abort', ['abort']],
])('every %s there is has been recorded', (what, types) => {
  const recorded = fixtures.flatMap(([, { entries }]) =>
    entries.flatMap((entry) =>
      'from' in entry ? [`${entry.from} ${String(entry.message.kind)} ${String(entry.message.type)}`] : [],
    ),
  )
  expect(new Set(recorded)).toEqual(new Set([...recorded, ...types.map((type) => `${what} ${type}`)]))
})

describe.each(fixtures)('%s', (name, { connect, entries }) => {
  const appOf = RECORDINGS[name.replace('.json', '')]?.app ?? createSessionApp
  const { appId, appInstallationId } = connect
  const identity = { appId, appInstallationId }
  const messages = entries.flatMap((entry) => ('from' in entry ? [entry] : []))

  test('is understood by the parsers', () => {
    const parsed = parseConnectMessage(connect, { ...identity, nonce: connect.nonce })
    expect(isRefusal(parsed)).toBe(false)
    expect(negotiateVersion(connect.versions)).toBe(1)
    for (const { from, message } of messages) {
      const source = from === 'host' ? 'souk-platform' : 'souk-extension'
      const result = parseBridgeMessage(message, { ...identity, source, limits: DEFAULT_LIMITS })
      expect(isRefusal(result) ? result.refused : 'understood').toBe('understood')
    }
  })

  const isShown = entries.some((entry) => 'shown' in entry)
  if (isShown)
    test('is shown by the host of today as it was then', async () => {
      const ids = new Map<string, string>()
      const live = createQueues()
      const pipe = createPipe(({ from, message }) => void (from === 'host' && live.put(message as Message)))
      const page = mountSessionPage(({ onConnect }) => {
        queueMicrotask(() => onConnect(pipe.host, 1, connect.capabilities))
        return { dispose: () => pipe.host.close?.() }
      })
      const rest = () => settle(pipe.sent)
      await rest()
      for (const entry of entries) {
        if ('shown' in entry) {
          await rest()
          expect(page.shown()).toBe(entry.shown)
        } else if ('user' in entry) page.act(entry)
        else if (entry.from === 'extension') pipe.extension.postMessage(withIds(entry.message, ids))
        else {
          await rest()
          const { message } = entry
          const sent = live.take(message)
          learn(ids, message, sent, ['requestId'])
          learn(ids, message.payload, sent.payload, ['instanceId'])
          if (message.kind === 'answer') expect(sent.ok).toBe(message.ok)
        }
      }
      expect(pipe.listeners().host).toBe(0)
    })

  test('is answered by the runtime of today as it was then', async () => {
    const ids = new Map<string, string>()
    const live = createQueues()
    const then = createTrees()
    const now = createTrees()
    const pipe = createPipe(({ from, message }) => {
      if (from === 'host') return
      live.put(message as Message)
      now.see(message as Message)
    })
    const running = startExtension({ app: appOf(), port: pipe.extension, identity })
    for (const entry of entries) {
      if ('shown' in entry) {
        await settle(pipe.sent)
        expect(now.say()).toEqual(withIds(then.say(), ids))
      }
      if (!('from' in entry)) continue
      const { from, message } = entry
      if (from === 'host') {
        const event = message.payload as { rootId?: string; handlerId?: string } | null | undefined
        if (message.type === 'event-handler-call' && event?.rootId && event.handlerId) {
          // Ids of nodes are the reconciler's own affair: the same place of the tree is meant.
          const [id = '', prop = ''] = event.handlerId.split(':')
          const live = now.at(withIds(event.rootId, ids) as string, then.pathOf(event.rootId, Number(id)))
          ids.set(event.handlerId, `${live}:${prop}`)
        }
        pipe.host.postMessage(withIds(message, ids))
        await settle(pipe.sent)
        continue
      }
      then.see(message)
      await settle(pipe.sent)
      // How a tree is cut into batches may change; what it is when all has come is compared above.
      if (message.type === 'render-component' || message.type === 'log' || OF_RELAY.includes(message.type)) continue
      const like = message.kind === 'answer' ? (withIds(message, ids) as Message) : message
      // Some things are asked only a moment after what they follow from.
      const sent = await vi.waitFor(() => live.take(like), { timeout: 20_000 })
      learn(ids, message, sent, ['requestId'])
      learn(ids, message.payload, sent.payload, ['dialogId', 'idempotencyKey'])
      if (message.kind !== 'answer')
        expect(withoutStack(sent.payload)).toEqual(withoutStack(withIds(message.payload, ids)))
      else expect([sent.ok, sent.value, sent.error]).toEqual([message.ok, message.value, message.error])
    }
    running.dispose()
  })
})

/** The trees of a session, by the host's own understanding of batches. */
const createTrees = () => {
  const stores = new Map<string, TreeStore>()
  const childrenOf = (store: TreeStore, id: NodeId): readonly NodeId[] => {
    const view = store.view(id)
    if (!view || view.kind === 'text') return []
    return view.kind === 'element' ? [...view.children, ...view.slots.map((slot) => slot.id)] : view.children
  }
  const say = (store: TreeStore, id: NodeId): unknown => {
    const view = store.view(id)
    if (!view || view.hidden) return null
    if (view.kind === 'text') return view.text
    const children = childrenOf(store, id).map((child) => say(store, child))
    return view.kind === 'group' ? children : [view.registered.name, view.props, view.handlers, children]
  }
  const find = (store: TreeStore, at: NodeId, id: NodeId): number[] | undefined => {
    if (at === id) return []
    for (const [index, child] of childrenOf(store, at).entries()) {
      const path = find(store, child, id)
      if (path) return [index, ...path]
    }
    return undefined
  }
  return {
    see({ type, payload }: Message) {
      if (type !== 'render-component') return
      const batch = payload as Parameters<TreeStore['apply']>[0]
      const { rootId } = batch
      const store =
        stores.get(rootId) ??
        createTreeStore({
          rootId,
          registry: testRegistry,
          limits: DEFAULT_LIMITS,
          sendEvent: async () => null,
          report: () => {},
        })
      stores.set(rootId, store)
      store.apply(batch)
    },
    /** The trees in the order in which they were first drawn. */
    say: () => [...stores.values()].map((store) => say(store, 0)),
    pathOf: (rootId: string, id: NodeId): readonly number[] => {
      const store = stores.get(rootId)
      return (store && find(store, 0, id)) ?? []
    },
    at(rootId: string, path: readonly number[]): NodeId {
      const store = stores.get(rootId)
      return store ? path.reduce<NodeId>((id, index) => childrenOf(store, id)[index] ?? -1, 0) : -1
    },
  }
}
