import type { RequestListener } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { SoukError } from '../../souk-error'
import { encodeFrame } from '../frame-codec'
import type { FunctionRuntime, PlatformCalls } from '../function-runtime'
import { createProcessRuntime } from '../process-runtime'
import { bundleOf, callFunction, invocation } from '../runtime-test-kit'
import { createRemoteRuntime, type RemoteRuntimeOptions } from './create-remote-runtime'
import { type Listening, listenLocally, startWorker, TEST_KEYS } from './remote-test-kit'
import type { WorkerMessage } from './worker-messages'

const SOURCE = bundleOf({
  main: '() => 1',
  hang: `() => new Promise((resolve, reject) => {
    const { signal } = globalThis[Symbol.for('souk.server')].context()
    globalThis.seen = 'started'
    signal.addEventListener('abort', () => { globalThis.seen = 'given up'; reject(signal.reason) })
  })`,
  seen: '() => globalThis.seen',
  spin: '() => { for (;;); }',
  ask: "(operation, ...args) => globalThis[Symbol.for('souk.server')].ask(operation, args)",
})

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const remoteOf = (workers: readonly string[], options: Partial<RemoteRuntimeOptions> = {}): FunctionRuntime => {
  const runtime = createRemoteRuntime({ workers, keys: TEST_KEYS, ...options })
  closing.push(() => runtime.dispose())
  return runtime
}

/** Something in the place of a worker. */
const impostor = async (listener: RequestListener): Promise<string> => {
  const listening = await listenLocally(listener)
  closing.push(() => listening.close())
  return listening.origin
}

const nowhere = async (): Promise<string> => {
  const { origin, close } = await listenLocally(() => {})
  await close()
  return origin
}

describe('a worker that is one', () => {
  let worker: Listening
  beforeAll(async () => {
    worker = await startWorker(createProcessRuntime({ poolSize: 1 }))
  })
  afterAll(() => worker.close())

  test('is sent a bundle once, and knows it by its hash afterwards', async () => {
    const runtime = remoteOf([worker.origin])
    const source = vi.fn(async () => SOURCE)
    for (const installationId of ['cache-a', 'cache-b', 'cache-a'])
      expect(await runtime.invoke({ ...invocation(SOURCE, 'main', { installationId }), source })).toMatchObject({
        ok: true,
        result: '1',
      })
    expect(source).toHaveBeenCalledTimes(1)
    expect(runtime.stats()).toMatchObject({ calls: 3, kills: 0 })
    expect(runtime.stats().processes).toBeGreaterThanOrEqual(2)
  })

  test('asks the platform through the connection of the call', async () => {
    const runtime = remoteOf([worker.origin])
    const asked: unknown[] = []
    const platform: PlatformCalls = async (operation, args) => {
      asked.push([operation, ...args])
      if (operation === 'refused')
        throw new SoukError('INVALID_INPUT', 'Not this one.', { fields: { key: 'Too long.' } })
      if (operation === 'broken') throw new Error('password=1')
      return new Map([['at', new Date(0)]])
    }
    const ask = async (operation: string) => {
      const call = invocation(SOURCE, 'ask', { args: [operation, { key: 1n }] })
      const outcome = await runtime.invoke({ ...call, platform })
      return outcome.ok ? outcome.result : outcome.error
    }
    expect(await ask('storage.get')).toContain('1970-01-01')
    expect(await ask('refused')).toMatchObject({ code: 'INVALID_INPUT', fields: { key: 'Too long.' } })
    expect(JSON.stringify(await ask('broken'))).not.toContain('password')
    expect(asked).toEqual(['storage.get', 'refused', 'broken'].map((operation) => [operation, { key: 1n }]))
    const without = await runtime.invoke(invocation(SOURCE, 'ask', { args: ['storage.get'] }))
    expect(without).toMatchObject({ ok: false, error: { code: 'METHOD_NOT_FOUND' } })
  })

  test.each(['caller', 'product'])('tells a function that its %s is gone', async (who) => {
    const installationId = `gone-${who}`
    const runtime = remoteOf([worker.origin])
    const watching = remoteOf([worker.origin])
    const seen = async () => (await callFunction(watching, SOURCE, 'seen', { installationId })).value
    const giving = new AbortController()
    const call = callFunction(runtime, SOURCE, 'hang', { installationId, signal: giving.signal })
    await expect.poll(seen).toBe('started')
    if (who === 'caller') giving.abort()
    else await runtime.dispose()
    expect((await call).error?.code).toBe(who === 'caller' ? 'ABORTED' : 'RUNTIME_UNAVAILABLE')
    await expect.poll(seen).toBe('given up')
  })

  test('keeps the deadline of a call, also of a busy loop', async () => {
    const { error } = await callFunction(remoteOf([worker.origin]), SOURCE, 'spin', { deadlineMs: 1_000 })
    expect(error?.code).toBe('FUNCTION_TIMEOUT')
  })

  test('stops an app whose calls run', async () => {
    const runtime = remoteOf([worker.origin])
    const watching = remoteOf([worker.origin])
    const options = { installationId: 'stopped' }
    const call = callFunction(runtime, SOURCE, 'hang', options)
    await expect.poll(async () => (await callFunction(watching, SOURCE, 'seen', options)).value).toBe('started')
    await runtime.unload('stopped')
    expect((await call).error?.code).toBe('DEPLOYMENT_NOT_RUNNABLE')
    // Its process is gone with what it knew.
    expect((await callFunction(runtime, SOURCE, 'seen', options)).value).toBeUndefined()
  })

  test('takes over from one that is not there', async () => {
    const runtime = remoteOf([await nowhere(), await nowhere(), worker.origin])
    expect((await callFunction(runtime, SOURCE, 'main')).value).toBe(1)
  })

  test('refuses a product with another key, which the product hears as its own mistake', async () => {
    const runtime = remoteOf([worker.origin], { keys: { current: 'a key that no worker of this test was given' } })
    expect((await callFunction(runtime, SOURCE, 'main')).error).toMatchObject({
      code: 'RUNTIME_UNAVAILABLE',
      message: expect.stringContaining('the same key'),
    })
  })
})

const REPORT = { durationMs: 1, logs: [], stats: { processes: 0, kills: 0 } }

const frame = (message: WorkerMessage | Record<string, unknown>, body?: Uint8Array): Uint8Array =>
  encodeFrame(message, body)

const IMPOSTORS: readonly (readonly [string, RequestListener, string])[] = [
  ['is busy', (_, response) => response.writeHead(503, { 'retry-after': '7' }).end(), 'FUNCTION_OVERLOADED'],
  ['redirects', (_, response) => response.writeHead(302, { location: '/' }).end(), 'RUNTIME_UNAVAILABLE'],
  ['is a web page', (_, response) => response.end('<!doctype html><title>Hello</title>'), 'RUNTIME_UNAVAILABLE'],
  ['never takes the call', () => {}, 'RUNTIME_UNAVAILABLE'],
  ['never answers', (_, response) => response.flushHeaders(), 'FUNCTION_TIMEOUT'],
  ['goes away', (_, response) => void response.write('x', () => response.destroy()), 'FUNCTION_CRASHED'],
  ['answers nothing', (_, response) => response.end(), 'FUNCTION_CRASHED'],
  ['invents messages', (_, response) => response.write(frame({ type: 'eval' })), 'RUNTIME_UNAVAILABLE'],
  [
    'sends an error that is none',
    (_, response) => response.write(frame({ type: 'failed', ...REPORT, error: 'no' })),
    'RUNTIME_UNAVAILABLE',
  ],
  [
    'sends a result that is no value',
    (_, response) => response.write(frame({ type: 'done', ...REPORT }, Buffer.from('{"a":'))),
    'FUNCTION_FAILED',
  ],
  [
    'announces more than may cross',
    (_, response) => response.write(Uint8Array.of(0, 0, 0, 9, 0x7f, 0xff, 0xff, 0xff)),
    'RUNTIME_UNAVAILABLE',
  ],
  [
    'asks without end',
    (_, response) => {
      for (let id = 0; id < 3000; id++) response.write(frame({ type: 'ask', id, operation: 'x' }, Buffer.from('[]')))
    },
    'RUNTIME_UNAVAILABLE',
  ],
]

describe('a worker that is none', () => {
  test.each(IMPOSTORS)('%s, and the caller gets an answer', async (_what, listener, code) => {
    const runtime = remoteOf([await impostor(listener)], { limits: { connectMs: 500, graceMs: 100 } })
    const platform: PlatformCalls = async () => new Promise(() => {})
    const outcome = await runtime.invoke({ ...invocation(SOURCE, 'main', { deadlineMs: 800 }), platform })
    expect(outcome).toMatchObject({ ok: false, error: { code, traceId: 'trace-1' } })
  })

  test('is down: the answer says when to try again', async () => {
    const outcome = await callFunction(remoteOf([await nowhere()]), SOURCE, 'main')
    expect(outcome.error).toMatchObject({ code: 'RUNTIME_UNAVAILABLE', retryAfterSeconds: 5 })
  })

  test('is busy: the answer passes on when it expects to be free', async () => {
    const busy = await impostor((_, response) => response.writeHead(503, { 'retry-after': '7' }).end())
    const outcome = await callFunction(remoteOf([busy]), SOURCE, 'main')
    expect(outcome.error).toMatchObject({ code: 'FUNCTION_OVERLOADED', retryAfterSeconds: 7 })
  })

  test('gets no call a second time once it took it', async () => {
    let taken = 0
    const forgetful: RequestListener = (_, response) => {
      taken++
      response.write('x', () => response.destroy())
    }
    const runtime = remoteOf([await impostor(forgetful), await impostor(forgetful)])
    expect((await callFunction(runtime, SOURCE, 'main')).error?.code).toBe('FUNCTION_CRASHED')
    expect(taken).toBe(1)
  })
})

describe('who sends much', () => {
  test('waits behind itself: a call of a quiet organization is the next', async () => {
    const order: string[] = []
    const free: (() => void)[] = []
    const slow: FunctionRuntime = {
      load: async () => {},
      async invoke({ context }) {
        order.push(context.organizationId)
        await new Promise<void>((resolve) => free.push(resolve))
        return { ok: true, result: '1', durationMs: 0, logs: [] }
      },
      unload: async () => {},
      stats: () => ({ processes: 0, calls: 0, kills: 0 }),
      dispose: async () => {},
    }
    const worker = await startWorker(slow)
    const limits = { concurrentCallsOnMachine: 1, waitingCallsPerOrganization: 2, waitMs: 20_000 }
    const runtime = remoteOf([worker.origin], { limits })
    closing.push(() => worker.close())
    const call = (organizationId: string) => {
      const made = invocation(SOURCE, 'main')
      return runtime.invoke({ ...made, context: { ...made.context, organizationId } })
    }
    const calls = ['loud', 'loud', 'loud'].map(call)
    await vi.waitFor(() => expect(order).toEqual(['loud']), { timeout: 20_000 })
    expect(await call('loud')).toMatchObject({ ok: false, error: { code: 'FUNCTION_OVERLOADED' } })
    calls.push(call('quiet'))
    for (let done = 1; done <= calls.length; done++) {
      await vi.waitFor(() => expect(free).toHaveLength(done), { timeout: 20_000 })
      free[done - 1]?.()
    }
    expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true)
    expect(order.indexOf('quiet')).toBeLessThan(3)
  })
})

describe('what is no configuration', () => {
  test.each([
    ['no worker', { workers: [] }],
    ['an address without TLS', { workers: ['http://functions.example'] }],
    ['an address with a user', { workers: ['https://a:b@functions.example'] }],
    ['an address with a path', { workers: ['https://functions.example/path'] }],
    ['no address', { workers: ['functions'] }],
    ['a short key', { workers: ['https://functions.example'], keys: { current: 'short' } }],
  ])('%s is refused at once', (_what, options) => {
    expect(() => createRemoteRuntime({ keys: TEST_KEYS, ...options })).toThrowError(
      expect.objectContaining({ code: 'NOT_CONFIGURED' }),
    )
  })
})
