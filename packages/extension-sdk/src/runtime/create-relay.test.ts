import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hostileValues } from '../../test/support/hostile'
import { DEFAULT_LIMITS, envelopeOf } from '../protocol'
import { createRelay, type WorkerLike } from './create-relay'

const identity = { appId: 'app', appInstallationId: 'installation' }
const envelope = envelopeOf('souk-extension', identity)
const log = { ...envelope, kind: 'notice', type: 'log', payload: { level: 'info', message: 'x' } }

const createFakeWorker = () => {
  const received: unknown[] = []
  const worker: WorkerLike & { isTerminated: boolean } = {
    isTerminated: false,
    postMessage: (message) => void received.push(message),
    terminate: () => {
      worker.isTerminated = true
    },
    onmessage: null,
    onerror: null,
  }
  const say = (data: unknown, ports: readonly unknown[] = []) =>
    worker.onmessage?.({ data, ports } as unknown as MessageEvent)
  return { worker, received, say }
}

const setUp = ({ heartbeatMs = 1_000 } = {}) => {
  // The port of the product: what was posted to it, at once and in order.
  const sent: Record<string, unknown>[] = []
  const transferred: unknown[] = []
  const port = {
    postMessage: (message: Record<string, unknown>, transfer: readonly unknown[] = []) => {
      sent.push(message)
      transferred.push(...transfer)
    },
    onmessage: null as ((event: { data: unknown }) => void) | null,
  }
  const fake = createFakeWorker()
  const relay = createRelay({ worker: fake.worker, port: port as unknown as MessagePort, identity, heartbeatMs })
  return { ...fake, relay, sent, transferred, tell: (data: unknown) => port.onmessage?.({ data }) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the relay', () => {
  test('passes well-formed messages on, both ways', () => {
    const { say, sent, tell, received } = setUp()
    say(log)
    tell({ a: 1 })
    expect(sent).toEqual([log])
    expect(received).toEqual([{ a: 1 }])
  })

  test('hands a packed batch over without a copy, and drops one that is over a limit', () => {
    const { say, sent, transferred } = setUp()
    const render = { ...envelope, kind: 'notice', type: 'render-component' }
    const stream = new Uint8Array([0])
    say({ ...render, payload: { rootId: 'r', commit: 1, stream } })
    expect(sent).toMatchObject([{ type: 'render-component' }])
    expect(transferred).toEqual([stream.buffer])
    say({ ...render, payload: { rootId: 'r', commit: 2, stream: new Uint8Array(DEFAULT_LIMITS.batchBytes + 1) } })
    expect(sent.at(-1)).toMatchObject({ type: 'error', payload: { code: 'INVALID_MESSAGE', rootId: 'r' } })
  })

  test('tells each root that has lost a batch, since it shows what is no longer true', () => {
    const { say, sent } = setUp()
    for (const rootId of ['a', 'b', 'b'])
      say({ ...envelope, kind: 'notice', type: 'render-component', payload: { rootId, commit: 1, operations: 5 } })
    expect(sent.map(({ payload }) => (payload as { rootId?: string }).rootId)).toEqual(['a', 'b', 'b'])
  })

  test.each(hostileValues)('drops %s', (_what, value) => {
    const { say, sent } = setUp()
    say(value)
    expect(sent).toMatchObject([{ type: 'error', payload: { code: 'INVALID_MESSAGE' } }])
  })

  test.each([
    ['a message of another installation', { ...log, appInstallationId: 'other' }],
    ['a message of the platform', { ...log, source: 'souk-platform' }],
    [
      'its own last word, forged',
      { ...envelope, kind: 'notice', type: 'stopped', payload: { code: 'CLOSED', message: 'x' } },
    ],
    [
      "the relay's own pause, forged",
      { ...envelope, kind: 'notice', type: 'frozen', payload: { code: 'EXTENSION_FROZEN', message: 'x' } },
    ],
    ["the end of the relay's pause, forged", { ...envelope, kind: 'notice', type: 'thawed', payload: {} }],
    [
      'a batch of nonsense',
      {
        ...envelope,
        kind: 'notice',
        type: 'render-component',
        payload: { rootId: 'r', commit: 1, operations: [{ op: 'eval' }] },
      },
    ],
  ])('drops %s', (_what, message) => {
    const { say, sent } = setUp()
    say(message)
    expect(sent).toMatchObject([{ type: 'error', payload: { code: 'INVALID_MESSAGE' } }])
  })

  test('drops messages that carry ports', () => {
    const { say, sent } = setUp()
    say(log, [{}])
    expect(sent).toMatchObject([{ type: 'error' }])
  })

  test('ends a worker that keeps sending nonsense, says why once, and lets nothing through after', () => {
    const { say, sent, worker } = setUp()
    for (let index = 0; index < 50; index++) say('nonsense')
    say(log)
    expect(worker.isTerminated).toBe(true)
    expect(sent.map(({ type }) => type)).toEqual(['error', 'stopped'])
    expect(sent[1]).toMatchObject({ payload: { code: 'INVALID_MESSAGE' } })
  })

  test('holds a burst back and delivers all of it in order', async () => {
    const { say, sent, worker } = setUp()
    const count = DEFAULT_LIMITS.messageBurst + 150
    for (let index = 0; index < count; index++) say({ ...log, payload: { level: 'info', message: String(index) } })
    expect(sent).toHaveLength(DEFAULT_LIMITS.messageBurst)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent.map(({ payload }) => Number((payload as { message: string }).message))).toEqual(
      Array.from({ length: count }, (_, index) => index),
    )
    expect(worker.isTerminated).toBe(false)
  })

  test('ends a worker that floods', () => {
    const { say, sent, worker } = setUp()
    for (let index = 0; index < 5_000; index++) say(log)
    expect(worker.isTerminated).toBe(true)
    expect(sent.map(({ type }) => type).filter((type) => type !== 'log')).toEqual(['frozen', 'stopped'])
    expect(sent.at(-1)).toMatchObject({ type: 'stopped', payload: { code: 'RATE_LIMITED' } })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('lets nothing through while it is frozen, and everything in order when it has been quiet', async () => {
    const { say, sent, worker } = setUp({ heartbeatMs: 60_000 })
    const count = DEFAULT_LIMITS.messageBurst + DEFAULT_LIMITS.messagesPerSecond * 6
    for (let index = 0; index < count; index++) say({ ...log, payload: { level: 'info', message: String(index) } })
    const numbers = () =>
      sent.filter(({ type }) => type === 'log').map(({ payload }) => Number((payload as { message: string }).message))
    expect(sent.at(-1)).toMatchObject({ type: 'frozen', payload: { code: 'EXTENSION_FROZEN' } })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(numbers()).toHaveLength(DEFAULT_LIMITS.messageBurst)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sent.filter(({ type }) => type === 'frozen')).toHaveLength(1)
    expect(sent.filter(({ type }) => type === 'thawed')).toHaveLength(1)
    expect(numbers()).toEqual(Array.from({ length: count }, (_, index) => index))
    expect(worker.isTerminated).toBe(false)
  })

  test('ends a worker that is never quiet while it is frozen', async () => {
    const { say, sent, worker } = setUp({ heartbeatMs: 60_000 })
    const count = DEFAULT_LIMITS.messageBurst + DEFAULT_LIMITS.messagesPerSecond * 6
    for (let index = 0; index < count; index++) say(log)
    for (let second = 0; second < 12 && !worker.isTerminated; second++) {
      say(log)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(worker.isTerminated).toBe(true)
    expect(sent.at(-1)).toMatchObject({ type: 'stopped', payload: { code: 'RATE_LIMITED' } })
    expect(sent.filter(({ type }) => type === 'thawed')).toHaveLength(0)
  })

  test('counts bytes as well as messages, in every part of a packed batch and in old batches', () => {
    const render = { ...envelope, kind: 'notice', type: 'render-component' }
    const stream = () => new Uint8Array([0])
    const long = 'x'.repeat(DEFAULT_LIMITS.stringLength)
    for (const body of [
      () => ({ stream: new Uint8Array(DEFAULT_LIMITS.batchBytes) }),
      () => ({ stream: stream(), text: 'x'.repeat(DEFAULT_LIMITS.batchBytes - 4) }),
      () => ({ stream: stream(), extras: [{ a: [long, long] }] }),
      () => ({ operations: [{ op: 'text', id: 1, text: long }] }),
    ]) {
      const { say, sent, worker } = setUp()
      for (let commit = 1; commit <= 190; commit++) say({ ...render, payload: { rootId: 'r', commit, ...body() } })
      // Fewer messages than the burst: only their bytes can have been too much.
      expect(sent.map(({ type }) => type)).toContain('frozen')
      expect(worker.isTerminated).toBe(sent.at(-1)?.type === 'stopped')
    }
  })

  test('lets nothing through that the parser has not looked at', () => {
    const { say, sent } = setUp()
    const shape = { component: 'Text', props: [], handlers: [], junk: 'x' }
    const payload = { rootId: 'r', commit: 1, stream: new Uint8Array([0]), shapes: [shape], junk: /x/ }
    say({ ...envelope, kind: 'notice', type: 'render-component', payload })
    expect(sent).toMatchObject([{ payload: { rootId: 'r', shapes: [{ component: 'Text' }] } }])
    expect(JSON.stringify(sent)).not.toContain('junk')
  })

  test('keeps to the limits the product sends', () => {
    const { say, sent, tell } = setUp()
    tell({ kind: 'request', type: 'init', payload: { limits: { messageBurst: 1_000, stringLength: 5 } } })
    say({
      ...envelope,
      kind: 'notice',
      type: 'render-component',
      payload: { rootId: 'r', commit: 1, operations: [{ op: 'text', id: 1, text: '123456' }] },
    })
    expect(sent).toMatchObject([{ type: 'error' }])
  })

  test('ends a worker that stops answering, and swallows the answers of one that does', async () => {
    const { say, sent, received, worker } = setUp()
    say(log)
    for (let beat = 1; beat <= 5; beat++) {
      await vi.advanceTimersByTimeAsync(1_000)
      say({ ...envelope, kind: 'answer', type: 'ping-result', requestId: `relay-${beat}`, ok: true, value: null })
    }
    expect(received).toHaveLength(5)
    expect(sent).toEqual([log])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(worker.isTerminated).toBe(true)
    expect(sent.at(-1)).toMatchObject({ type: 'stopped', payload: { code: 'EXTENSION_UNRESPONSIVE' } })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('tells of a bundle that could not start', () => {
    const { worker, sent } = setUp()
    worker.onerror?.({ message: 'Unexpected token' } as ErrorEvent)
    expect(sent).toMatchObject([{ type: 'error', payload: { code: 'EXTENSION_ERROR', message: 'Unexpected token' } }])
  })
})
