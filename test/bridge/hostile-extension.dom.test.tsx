import { isErrorCode } from '@souk/extension-sdk/protocol'
import type { ConnectExtension } from '@souk/host'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import * as client from '../../packages/extension-sdk/src/client'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { testRegistry } from '../../packages/host/src/testing/test-registry'
import { hostileValues, type Path, pathsOf, removeAt, replaceAt } from './support/hostile'
import { createRuntimes, installed, mountPage, widgetApp } from './support/page'
import { type Crossing, createPipe, type Pipe } from './support/pipe'
import { createSessionApp } from './support/session-app'
import { settle } from './support/settle'

/** What an extension may send that wants to harm the page, or is broken: the page and the extension beside it go on. */

type Message = Record<string, unknown>

const uncaught: unknown[] = []
const keep = (error: unknown) => void uncaught.push(error)
const keepEvent = (event: ErrorEvent) => {
  event.preventDefault()
  // A component of the product that breaks is part of the tests; React tells the window before a boundary has it.
  if (!String(event.message).includes('this component is broken')) keep(event.error)
}

beforeAll(() => {
  process.on('unhandledRejection', keep)
  window.addEventListener('error', keepEvent)
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterAll(() => {
  process.off('unhandledRejection', keep)
  window.removeEventListener('error', keepEvent)
})
afterEach(() => {
  document.body.replaceChildren()
  uncaught.length = 0
})

const { createElement: h, useState } = sdkReact
const Counter = () => {
  const [count, setCount] = useState(0)
  return h(client.Button, { label: `count ${count}`, onPress: () => setCount(count + 1) })
}

const BUTTONS = ['Greet', 'Reverse', 'Drop', 'Toast', 'Ask', 'Dialog', 'Go', 'Wait', 'Wait', 'Throw', 'Break']

/** Everything that a well-behaved extension sends when all of it is used. */
const recordMessages = async (): Promise<Message[]> => {
  const sent: Message[] = []
  const onCross = ({ from, message }: Crossing) => void (from === 'extension' && sent.push(message as Message))
  const runtimes = createRuntimes({ model: createSessionApp() }, onCross)
  const page = mountPage({ connect: runtimes.connect, registry: testRegistry, extensions: [installed('model')] })
  await settle(runtimes.sent)
  for (const label of BUTTONS) {
    ;[...page.widget('model').querySelectorAll('button')].find((button) => button.textContent === label)?.click()
    await settle(runtimes.sent)
  }
  page.unmount()
  await settle(runtimes.sent)
  return sent
}

const kindOf = (message: Message) => `${String(message.kind)} ${String(message.type)}`

/** The product's page with one honest extension, and others that send what a test wants. */
const setup = async (services = {}, callFunction = async () => ({ result: '"ok"', traceId: 't', durationMs: 1 })) => {
  const honest = createRuntimes({ honest: widgetApp(Counter) })
  const pipes = new Map<string, Pipe>()
  const roots = new Map<string, string>()
  let progress = 0

  const connect: ConnectExtension = (options) => {
    const { extension, onConnect } = options
    if (extension.appInstallationId === 'honest') return honest.connect(options)
    const pipe = createPipe(() => void progress++)
    pipes.set(extension.appInstallationId, pipe)
    pipe.extension.addEventListener('message', ({ data }) => {
      const { kind, type, requestId, payload } = data as Message
      if (kind !== 'request') return
      if (type === 'trigger-surface') roots.set(extension.appInstallationId, String((payload as Message).instanceId))
      const envelope = { ...(data as Message), source: 'souk-extension', type: `${String(type)}-result` }
      pipe.extension.postMessage({ ...envelope, kind: 'answer', requestId, payload: undefined, ok: true, value: null })
    })
    queueMicrotask(() => onConnect(pipe.host, 1))
    return { dispose: () => pipe.extension.close?.() }
  }

  const page = mountPage({
    connect,
    registry: testRegistry,
    extensions: [installed('honest')],
    services: { navigate: () => {}, openRecord: () => {}, openUrl: () => {}, ...services },
    client: { callFunction },
  })
  const rest = () => settle(() => progress + honest.sent())
  await rest()
  let presses = 0

  return {
    page,
    rest,
    /** Starts another extension. Its messages get its own ids where the recorded ones had theirs. */
    async start(id: string) {
      page.install([installed('honest'), installed(id)])
      await rest()
      const rootId = roots.get(id) ?? ''
      const adopt = (message: Message): Message => ({
        ...message,
        appId: `app-${id}`,
        appInstallationId: id,
        ...(message.type === 'render-component' ? { payload: { ...(message.payload as Message), rootId } } : {}),
      })
      const pipe = pipes.get(id) as Pipe
      return { rootId, pipe, adopt, post: (message: unknown) => pipe.extension.postMessage(message) }
    },
    async end() {
      page.install([installed('honest')])
      await rest()
    },
    async checkHonest() {
      const button = page.widget('honest').querySelector('button')
      button?.click()
      await rest()
      expect(page.widget('honest').textContent).toBe(`count ${++presses}`)
      expect(uncaught).toEqual([])
    },
    async close() {
      page.unmount()
      await rest()
      for (const pipe of pipes.values()) expect(pipe.listeners().host).toBe(0)
      expect(honest.listeners()).toBe(0)
    },
  }
}

const checkDrawn = (widget: Element) => {
  const alert = widget.querySelector('[role=alert][data-code]')
  if (alert) expect(isErrorCode(alert.getAttribute('data-code'))).toBe(true)
  for (const element of widget.querySelectorAll('*')) {
    expect(['script', 'img', 'iframe', 'style', 'object', 'embed']).not.toContain(element.localName)
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on/)
      expect(value).not.toMatch(/^javascript:/)
    }
  }
  // A name nobody has: it is there only when some prototype was reached.
  expect('polluted' in {}).toBe(false)
}

const SEED = Number(process.env.SOUK_SEED ?? 20_261_123)
const RUNS = Number(process.env.SOUK_RUNS ?? 300)

test('a message that is wrong in any one place harms nobody but its sender', async () => {
  const recorded = await recordMessages()
  expect(new Set(recorded.map(kindOf)).size).toBeGreaterThanOrEqual(10)
  const batches = recorded.filter(({ type }) => type === 'render-component')
  const kinds = [...new Map(recorded.map((message) => [kindOf(message), message])).values()]
  const subjects = [...batches.slice(0, 12), ...kinds]
  const places: { index: number; path: Path }[] = subjects.flatMap((message, index) =>
    pathsOf(message).map((path) => ({ index, path })),
  )
  const host = await setup()
  let run = 0

  const place = fc.nat({ max: places.length - 1 }).map((nth) => places[nth] as (typeof places)[number])
  const change = fc.constantFrom('delete', ...Object.keys(hostileValues))
  await fc.assert(
    fc.asyncProperty(place, change, fc.boolean(), async ({ index, path }, name, twice) => {
      const { post, adopt, pipe } = await host.start(`bad${++run}`)
      // What came before it in its own root, so that a batch is refused for what was changed in it.
      const before = batches.slice(0, Math.min(index, batches.length))
      for (const message of before) post(adopt(message))
      const good = adopt(subjects[index] as Message)
      const value = hostileValues[name]
      const bad = value ? replaceAt(good, path, value) : removeAt(good, path)
      post(bad)
      if (twice) post(bad)
      post(good)
      await host.rest()
      checkDrawn(host.page.widget(`bad${run}`))
      for (const { code, message } of host.page.diagnostics) {
        expect(isErrorCode(code)).toBe(true)
        expect(message.length).toBeLessThan(12_000)
      }
      expect(host.page.diagnostics.length).toBeLessThan(60)
      host.page.diagnostics.length = 0
      await host.end()
      expect(pipe.listeners().host).toBe(0)
      await host.checkHonest()
    }),
    { numRuns: RUNS, seed: SEED },
  )
  await host.close()
}, 240_000)

test('messages in any order, repeated and left out, harm nobody but their sender', async () => {
  const recorded = await recordMessages()
  const host = await setup()
  let run = 0
  const order = fc.array(fc.nat({ max: recorded.length - 1 }), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(order, async (indexes) => {
      const { post, adopt } = await host.start(`odd${++run}`)
      for (const index of indexes) post(adopt(recorded[index] as Message))
      await host.rest()
      checkDrawn(host.page.widget(`odd${run}`))
      await host.end()
      await host.checkHonest()
    }),
    { numRuns: 60, seed: SEED },
  )
  await host.close()
}, 120_000)

const envelope = { v: 1, source: 'souk-extension', appId: 'app-flood', appInstallationId: 'flood' }
const notice = (type: string, payload: unknown) => ({ ...envelope, kind: 'notice', type, payload })
const request = (type: string, payload: unknown, index: number) => ({
  ...envelope,
  kind: 'request',
  type,
  requestId: `r${index}`,
  payload,
})
const FLOOD = 3_000

test.each<[string, (index: number) => unknown]>([
  ['nothing that parses', () => 'x'],
  [
    'batches for a root that is not there',
    () => notice('render-component', { rootId: 'r', commit: 1, operations: [] }),
  ],
  ['surfaces', () => notice('set-surfaces', { surfaces: [] })],
  ['logs', () => notice('log', { level: 'info', message: 'x' })],
  [
    'answers nobody waits for',
    (index) => ({ ...envelope, kind: 'answer', type: 'x', requestId: `${index}`, ok: true }),
  ],
  [
    'ends of requests that nobody made',
    (index) => ({ ...envelope, kind: 'abort', type: 'abort', requestId: `${index}` }),
  ],
  ['one request again and again', () => request('confirm', { title: 'Sure?' }, 1)],
  ['questions', (index) => request('confirm', { title: 'Sure?' }, index)],
  ['toasts', (index) => request('show-toast', { title: 'T', variant: 'info' }, index)],
  ['dialogs', (index) => request('open-dialog', { dialogId: `d${index}`, title: 'T', size: 'small' }, index)],
  ['unknown requests', (index) => request('constructor', {}, index)],
  [
    'calls of a function',
    (index) => request('run-server-function', { moduleHash: 'a#b', args: '[]', idempotencyKey: 'k' }, index),
  ],
])('a flood of %s is bounded, and ends with its sender', async (_what, make) => {
  let running = 0
  let most = 0
  const host = await setup({}, async () => {
    most = Math.max(most, ++running)
    return new Promise<never>(() => {})
  })
  const { post } = await host.start('flood')
  for (let index = 0; index < FLOOD; index++) post(make(index))
  await host.rest()
  expect(most).toBeLessThanOrEqual(256)
  expect(document.querySelectorAll('[role=dialog]').length).toBeLessThanOrEqual(5)
  expect(document.querySelectorAll('[role=alertdialog]').length).toBeLessThanOrEqual(1)
  expect(document.querySelectorAll('[aria-label=Toasts] li').length).toBeLessThanOrEqual(4)
  expect(host.page.diagnostics.length).toBeLessThan(100)
  await host.checkHonest()
  await host.end()
  expect(document.querySelectorAll('[role=dialog], [role=alertdialog]').length).toBe(0)
  await host.checkHonest()
  await host.close()
})
