import {
  CAPABILITIES,
  DEFAULT_LIMITS,
  envelopeOf,
  PACKED_BATCHES,
  SUPPORTED_PROTOCOL_VERSIONS,
  type TreeBatch,
  type TreeNode,
} from '@souk/extension-sdk/protocol'
import { vi } from 'vitest'
import type { App } from '../../../packages/extension-sdk/src/app/surfaces'
import { startExtension } from '../../../packages/extension-sdk/src/runtime/start-extension'
import { createPipe } from './pipe'
import type { Entry, SessionRecording } from './recording'
import { settle } from './settle'

type Message = Record<string, unknown>

const findNode = (node: TreeNode, label: string): number | undefined => {
  if (!('component' in node)) return undefined
  if (node.props.label === label) return node.id
  return node.children.reduce<number | undefined>((found, child) => found ?? findNode(child, label), undefined)
}

/** Both ends of a bridge without a page: the product's side says its messages one by one, and all of them are kept. */
export const startSpokenSession = async (app: App) => {
  const entries: Entry[] = []
  const identity = { appId: 'app-one', appInstallationId: 'one' }
  // Readable, so that a handler can be found in what was sent.
  const capabilities = CAPABILITIES.filter((name) => name !== PACKED_BATCHES)
  const pipe = createPipe(({ from, message }) => void entries.push({ from, message: message as Message }))
  const running = startExtension({ app, port: pipe.extension, identity })
  const rest = () => settle(pipe.sent)
  const say = async (message: Message) => {
    pipe.host.postMessage({ ...envelopeOf('souk-platform', identity), ...message })
    await rest()
  }
  const ask = (type: string, requestId: string, payload: unknown) => say({ kind: 'request', type, requestId, payload })
  const received = () =>
    entries.flatMap((entry) => ('from' in entry && entry.from === 'extension' ? [entry.message] : []))
  const answered = new Set<unknown>()
  /** The request of a type that waits for an answer. It may come later than what it follows from. */
  const asked = (type: string): Promise<Message> =>
    vi.waitFor(
      () => {
        const message = received().find((one) => one.type === type && !answered.has(one.requestId))
        if (!message) throw new Error(`No ${type} came.`)
        return message
      },
      { timeout: 20_000 },
    )
  const answer = async (type: string, result: Readonly<Message>) => {
    const { requestId } = await asked(type)
    answered.add(requestId)
    await say({ kind: 'answer', type: `${type}-result`, requestId, ...result })
  }

  await rest()
  await ask('init', 'init', {
    protocolVersion: 1,
    context: { theme: 'light', locale: 'en', timeZone: 'UTC', user: { id: 'ada' }, organization: { id: 'o1' } },
    limits: DEFAULT_LIMITS,
    capabilities,
    grantedScopes: [],
    settings: { organization: {}, user: {} },
  })

  return {
    running,
    say,
    ask,
    answer,
    /** Draws the widget `main` into the root `shown`. */
    show: () =>
      ask('trigger-surface', 'show', {
        kind: 'record.widgets',
        surfaceId: 'main',
        instanceId: 'shown',
        context: { recordType: 'ticket', recordId: '7' },
      }),
    press(label: string, eventVersion: number) {
      const drawn = received().find(({ type }) => type === 'render-component')
      if (!drawn) throw new Error('Nothing was drawn.')
      const { operations } = drawn.payload as TreeBatch
      const id = operations.flatMap((operation) =>
        operation.op === 'insert' ? [findNode(operation.node, label)] : [],
      )[0]
      return ask('event-handler-call', `press-${label}`, {
        rootId: 'shown',
        handlerId: `${id}:onPress`,
        args: [],
        eventVersion,
      })
    },
    /** What the relay says, which the product has to understand for as long as there are relays of this version. */
    relay: (type: string, payload: unknown) =>
      pipe.extension.postMessage({ ...envelopeOf('souk-extension', identity), kind: 'notice', type, payload }),
    async end(): Promise<SessionRecording> {
      await rest()
      running.dispose()
      return {
        connect: {
          ...envelopeOf('souk-extension', identity),
          type: 'connect',
          nonce: 'nonce',
          versions: SUPPORTED_PROTOCOL_VERSIONS,
          capabilities,
        },
        entries,
      }
    },
  }
}
