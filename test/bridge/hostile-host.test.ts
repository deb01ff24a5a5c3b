// biome-ignore-all lint/correctness/noComponentHookFactories: each start counts the mounts of a widget of its own.
import { DEFAULT_LIMITS, isErrorCode, PLATFORM_REQUEST_TYPES } from '@souk/extension-sdk/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defineApp } from '../../packages/extension-sdk/src/app/define-app'
import * as client from '../../packages/extension-sdk/src/client'
import { startExtension } from '../../packages/extension-sdk/src/runtime/start-extension'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { hostileValues, pathsOf, removeAt, replaceAt } from './support/hostile'
import { createPipe } from './support/pipe'
import { settle } from './support/settle'

/** The runtime of an extension against a product that is broken or of a version nobody has seen: it answers with codes and lives on. */

type Message = Record<string, unknown>

const uncaught: unknown[] = []
const keep = (error: unknown) => void uncaught.push(error)
beforeAll(() => void process.on('unhandledRejection', keep))
afterAll(() => void process.off('unhandledRejection', keep))

const { createElement: h, useEffect, useState } = sdkReact

const identity = { appId: 'app', appInstallationId: 'inst' }
const envelope = { v: 1, source: 'souk-platform', ...identity }
const context = { recordType: 'ticket', recordId: '7' }

const request = (type: string, payload: unknown): Message => ({ ...envelope, kind: 'request', type, payload })

const INIT = request('init', {
  protocolVersion: 1,
  context: {
    theme: 'light',
    locale: 'en-GB',
    timeZone: 'UTC',
    user: { id: 'u', name: 'Ada' },
    organization: { id: 'o' },
  },
  limits: DEFAULT_LIMITS,
  grantedScopes: ['orders:read'],
  settings: { organization: { apiUrl: 'https://api.example.com' }, user: {} },
})
const TRIGGER = request('trigger-surface', { kind: 'record.widgets', surfaceId: 'main', instanceId: 'root', context })

/** One of every request that a product makes, in an order in which all of them succeed. */
const GOOD: readonly Message[] = [
  INIT,
  TRIGGER,
  request('event-handler-call', { rootId: 'root', handlerId: '2:onPress', args: [] }),
  request('event-handler-call', { rootId: 'root', handlerId: '3:onChange', args: ['a'], eventVersion: 1 }),
  request('context-changed', { instanceId: 'root', context: { ...context, recordId: '8' } }),
  request('context-changed', { context: { theme: 'dark' } }),
  request('evaluate', { kind: 'record.actions', surfaceId: 'act', expression: 'shouldShow', context }),
  request('trigger-surface', { kind: 'record.actions', surfaceId: 'act', instanceId: 'act1', context }),
  request('ping', null),
  request('close-surface', { instanceId: 'root' }),
]

const start = () => {
  let alive = 0
  const pipe = createPipe()
  const Widget = () => {
    const [count, setCount] = useState(0)
    const [name, setName] = useState('')
    useEffect(() => {
      alive++
      return () => void alive--
    }, [])
    return h(
      client.Stack,
      {},
      h(client.Button, { label: `count ${count}`, onPress: () => setCount(count + 1) }),
      h(client.Input, { label: 'Name', value: name, onChange: setName }),
    )
  }
  const app = defineApp({
    record: {
      widgets: [{ id: 'main', label: 'Main', component: Widget }],
      actions: [{ id: 'act', label: 'Act', onTrigger: () => {}, shouldShow: () => true }],
    },
  })
  const answers = new Map<string, Message>()
  const refusals: string[] = []
  pipe.host.addEventListener('message', ({ data }) => {
    const message = data as Message
    if (message.kind === 'answer') answers.set(String(message.requestId), message)
  })
  const running = startExtension({
    app,
    port: pipe.extension,
    identity,
    onRefused: (sentence) => refusals.push(sentence),
  })
  let requests = 0
  const post = (message: unknown) => pipe.host.postMessage(message)
  return {
    refusals,
    answers,
    post,
    alive: () => alive,
    rest: () => settle(pipe.sent),
    /** Sends a request under a new id, and returns its answer, if there is one. */
    async ask(message: Message) {
      const requestId = `r${++requests}`
      post({ ...message, requestId })
      await settle(pipe.sent)
      return answers.get(requestId)
    },
    async end() {
      running.dispose()
      await settle(pipe.sent)
      expect(pipe.listeners().extension).toBe(0)
      expect(alive).toBe(0)
      expect(uncaught).toEqual([])
    },
  }
}

const checkAnswer = (answer: Message | undefined) => {
  if (!answer || answer.ok === true) return
  const { code, message } = answer.error as { code: unknown; message: unknown }
  expect(isErrorCode(code), String(code)).toBe(true)
  expect(typeof message).toBe('string')
}

test('every request of a good product is answered well', async () => {
  const extension = start()
  for (const message of GOOD) expect(await extension.ask(message), String(message.type)).toMatchObject({ ok: true })
  expect(new Set(GOOD.map(({ type }) => type))).toEqual(new Set(PLATFORM_REQUEST_TYPES))
  expect(extension.refusals).toEqual([])
  await extension.end()
})

const SEED = Number(process.env.SOUK_SEED ?? 20_261_123)
const RUNS = Number(process.env.SOUK_RUNS ?? 400)

test('a request that is wrong in any one place is answered with a code or dropped, and the next good one works', async () => {
  const places = GOOD.flatMap((message, index) => pathsOf(message).map((path) => ({ index, path })))
  const place = fc.nat({ max: places.length - 1 }).map((nth) => places[nth] as (typeof places)[number])
  const change = fc.constantFrom('delete', ...Object.keys(hostileValues))
  await fc.assert(
    fc.asyncProperty(place, change, async ({ index, path }, name) => {
      const extension = start()
      for (const message of GOOD.slice(0, index)) await extension.ask(message)
      const good = { ...(GOOD[index] as Message), requestId: 'bad' }
      const value = hostileValues[name]
      extension.post(value ? replaceAt(good, path, value) : removeAt(good, path))
      await extension.rest()
      for (const answer of extension.answers.values()) checkAnswer(answer)
      expect(extension.answers.size + extension.refusals.length).toBeGreaterThan(index)
      // Whatever it was: a good product can still start and draw.
      expect(await extension.ask(INIT)).toMatchObject({ ok: true })
      expect(await extension.ask(request('ping', null))).toMatchObject({ ok: true })
      const again = { ...(TRIGGER.payload as Message), instanceId: 'again' }
      expect(await extension.ask({ ...TRIGGER, payload: again })).toMatchObject({ ok: true })
      expect(extension.alive()).toBeGreaterThan(0)
      expect('polluted' in {}).toBe(false)
      await extension.end()
    }),
    { numRuns: RUNS, seed: SEED },
  )
}, 240_000)

test('requests in any order, repeated and before init, are answered with codes', async () => {
  const order = fc.array(fc.nat({ max: GOOD.length - 1 }), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(order, async (indexes) => {
      const extension = start()
      for (const index of indexes) extension.post({ ...GOOD[index], requestId: `r-${index}` })
      await extension.rest()
      for (const answer of extension.answers.values()) checkAnswer(answer)
      expect(await extension.ask(request('ping', null))).toMatchObject({ ok: true })
      await extension.end()
    }),
    { numRuns: 150, seed: SEED },
  )
}, 60_000)

describe('a flood', () => {
  test.each<[string, (index: number) => unknown]>([
    ['of what does not parse', () => 'x'],
    ['of pings', (index) => ({ ...request('ping', null), requestId: `p${index}` })],
    ['of unknown requests', (index) => ({ ...request('__proto__', {}), requestId: `u${index}` })],
    [
      'of answers nobody waits for',
      (index) => ({ ...envelope, kind: 'answer', type: 'x', requestId: `${index}`, ok: true }),
    ],
    ['of ends', (index) => ({ ...envelope, kind: 'abort', type: 'abort', requestId: `${index}` })],
    [
      'of roots',
      (index) => ({
        ...TRIGGER,
        payload: { ...(TRIGGER.payload as Message), instanceId: `i${index}` },
        requestId: `t${index}`,
      }),
    ],
    [
      'of events for what is gone',
      (index) => ({
        ...request('event-handler-call', { rootId: `x${index}`, handlerId: '1:onPress', args: [] }),
        requestId: `e${index}`,
      }),
    ],
  ])('%s leaves the extension alive and bounded', async (_what, make) => {
    const extension = start()
    await extension.ask(INIT)
    for (let index = 0; index < 2_000; index++) extension.post(make(index))
    await extension.rest()
    expect(extension.alive()).toBeLessThanOrEqual(DEFAULT_LIMITS.rootsPerFrame)
    for (const answer of extension.answers.values()) checkAnswer(answer)
    expect(await extension.ask(request('ping', null))).toMatchObject({ ok: true })
    await extension.end()
  })
})
