// biome-ignore-all lint/correctness/noComponentHookFactories: each app has a promise of its own to wait for.
import {
  CAPABILITIES,
  DEFAULT_LIMITS,
  envelopeOf,
  PACKED_BATCHES,
  SUPPORTED_PROTOCOL_VERSIONS,
  type standardContract,
  type TreeBatch,
  type TreeNode,
} from '@souk/extension-sdk/protocol'
import { defineApp } from '../../../packages/extension-sdk/src/app/define-app'
import type { App } from '../../../packages/extension-sdk/src/app/surfaces'
import * as client from '../../../packages/extension-sdk/src/client'
import { startExtension } from '../../../packages/extension-sdk/src/runtime/start-extension'
import { sdkReact } from '../../../packages/extension-sdk/test/support/sdk-react'
import { createPipe } from './pipe'
import type { Entry, SessionRecording } from './recording'
import { settle } from './settle'

type Message = Record<string, unknown>

const { createElement: h, useRef, useState } = sdkReact

/** An extension that is asked, calls a component and changes its mind: what no press of a button on a page brings about. */
export const createControlApp = (): App => {
  const never = new Promise<boolean>(() => {})
  const find = client.createServerFunction('src/find.server.ts#find')
  const Widget = () => {
    const field = useRef<client.RemoteMethods<(typeof standardContract)['components']['Input']>>(null)
    const [result, setResult] = useState('nothing yet')
    const giveUp = () => {
      const controller = new AbortController()
      client.confirm({ title: 'Sure?', signal: controller.signal }).catch(({ code }) => setResult(String(code)))
      controller.abort()
    }
    return h(
      client.Stack,
      {},
      h(client.Input, { label: 'Name', ref: field }),
      h(client.Button, { label: 'Focus', onPress: () => void field.current?.focus() }),
      h(client.Button, { label: 'Give up', onPress: giveUp }),
      h(client.Button, { label: 'Find', onPress: () => find().catch(({ code }) => setResult(String(code))) }),
      h(client.Text, {}, result),
    )
  }
  return defineApp({
    record: {
      widgets: [{ id: 'main', label: 'Main', component: Widget }],
      actions: [
        { id: 'refund', label: 'Refund', onTrigger: () => {}, shouldShow: ({ recordId }) => recordId === '7' },
        { id: 'slow', label: 'Slow', onTrigger: () => {}, shouldShow: () => never },
      ],
    },
  })
}

const findNode = (node: TreeNode, label: string): number | undefined => {
  if (!('component' in node)) return undefined
  if (node.props.label === label) return node.id
  return node.children.reduce<number | undefined>((found, child) => found ?? findNode(child, label), undefined)
}

/** Both ends of a bridge without a page: the product's side says its messages one by one. */
export const recordControls = async (): Promise<SessionRecording> => {
  const entries: Entry[] = []
  const identity = { appId: 'app-one', appInstallationId: 'one' }
  // Readable, so that a handler can be found in what was sent.
  const capabilities = CAPABILITIES.filter((name) => name !== PACKED_BATCHES)
  const pipe = createPipe(({ from, message }) => void entries.push({ from, message: message as Message }))
  const running = startExtension({ app: createControlApp(), port: pipe.extension, identity })
  const rest = () => settle(pipe.sent)
  const say = async (message: Message) => {
    pipe.host.postMessage({ ...envelopeOf('souk-platform', identity), ...message })
    await rest()
  }
  const ask = (type: string, requestId: string, payload: unknown) => say({ kind: 'request', type, requestId, payload })
  const received = () =>
    entries.flatMap((entry) => ('from' in entry && entry.from === 'extension' ? [entry.message] : []))
  const first = (type: string): Message => {
    const message = received().find((one) => one.type === type)
    if (!message) throw new Error(`No ${type} came.`)
    return message
  }
  const press = (label: string, eventVersion: number) => {
    const { operations } = first('render-component').payload as TreeBatch
    const id = operations.flatMap((operation) =>
      operation.op === 'insert' ? [findNode(operation.node, label)] : [],
    )[0]
    return ask('event-handler-call', `press-${label}`, {
      rootId: 'shown',
      handlerId: `${id}:onPress`,
      args: [],
      eventVersion,
    })
  }
  const action = (surfaceId: string, recordId: string) => ({
    kind: 'record.actions',
    surfaceId,
    expression: 'shouldShow',
    context: { recordType: 'ticket', recordId },
  })

  await rest()
  await ask('init', 'init', {
    protocolVersion: 1,
    context: { theme: 'light', locale: 'en', timeZone: 'UTC', user: { id: 'ada' } },
    limits: DEFAULT_LIMITS,
    capabilities,
    grantedScopes: [],
    settings: { organization: {}, user: {} },
  })
  await ask('ping', 'beat', null)
  await ask('evaluate', 'shown-there', action('refund', '7'))
  await ask('evaluate', 'not-here', action('refund', '8'))
  await ask('evaluate', 'too-slow', action('slow', '7'))
  await say({ kind: 'abort', type: 'abort', requestId: 'too-slow' })
  await ask('trigger-surface', 'show', {
    kind: 'record.widgets',
    surfaceId: 'main',
    instanceId: 'shown',
    context: { recordType: 'ticket', recordId: '7' },
  })
  await press('Focus', 1)
  await say({
    kind: 'answer',
    type: 'call-method-result',
    requestId: first('call-method').requestId,
    ok: true,
    value: null,
  })
  await press('Give up', 2)
  await press('Find', 3)
  await say({
    kind: 'answer',
    type: 'run-server-function-result',
    requestId: first('run-server-function').requestId,
    ok: false,
    error: { code: 'CONNECTION_EXPIRED', message: 'The account expired.', details: { connection: 'shop' } },
  })
  await say({
    kind: 'answer',
    type: 'connect-account-result',
    requestId: first('connect-account').requestId,
    ok: true,
    value: false,
  })
  running.log({ level: 'warn', message: 'Something to know.' })
  // The relay says these, and the product has to understand them for as long as there are relays of this version.
  const relay = (type: string, payload: unknown) =>
    pipe.extension.postMessage({ ...envelopeOf('souk-extension', identity), kind: 'notice', type, payload })
  relay('frozen', { code: 'EXTENSION_FROZEN', message: 'It sends too much.' })
  relay('thawed', {})
  await ask('close-surface', 'hide', { instanceId: 'shown' })
  relay('stopped', { code: 'EXTENSION_UNRESPONSIVE', message: 'It ended.' })
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
}
