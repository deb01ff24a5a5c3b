import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deferred } from './deferred'
import type { FunctionRuntime } from './function-runtime'
import { examineHardening } from './hardened/find-bubblewrap'
import { createHardenedRuntime } from './hardened/hardened-runtime'
import { createProcessRuntime, type ProcessRuntimeOptions } from './process-runtime'
import { createRemotePair } from './remote/remote-test-kit'
import {
  bundleOf,
  type Called,
  type CallOptions,
  callFunction,
  invocation,
  loaded,
  streamFunction,
} from './runtime-test-kit'

/**
 * What a runtime promises, wherever it runs the functions. The hardened one promises it where the machine has the sandbox of the system;
 * elsewhere it promises to refuse (`hardened-runtime.test.ts`).
 */
const RUNTIMES: readonly (readonly [
  string,
  (options: ProcessRuntimeOptions) => FunctionRuntime | Promise<FunctionRuntime>,
])[] = [
  ['createProcessRuntime', createProcessRuntime],
  ['createRemoteRuntime', createRemotePair],
  ...(examineHardening().available ? [['createHardenedRuntime', createHardenedRuntime] as const] : []),
]

test('the hardened runtime is among them exactly where it starts', async () => {
  if (RUNTIMES.some(([name]) => name === 'createHardenedRuntime')) {
    const runtime = createHardenedRuntime({ poolSize: 0 })
    await runtime.dispose()
    expect(runtime.stats().processes).toBe(0)
    return
  }
  expect(() => createHardenedRuntime()).toThrowError(expect.objectContaining({ code: 'RUNTIME_UNAVAILABLE' }))
})

describe.each(RUNTIMES)('%s', (_name, create) => {
  let runtime: FunctionRuntime

  beforeAll(async () => {
    runtime = await create({ limits: { residentMegabytes: 200 } })
  })
  // Each bundle has a process of its own; together they would fill a small machine.
  afterEach(() => runtime.unload('installation-a'))
  afterAll(() => runtime.dispose())

  /** Calls one function, in an installation of its own unless told otherwise. */
  const run = (code: string, options: CallOptions = {}, before = ''): Promise<Called> =>
    callFunction(runtime, bundleOf({ main: code }, before), 'main', options)

  describe('a call', () => {
    test('gets its arguments and returns what its function returned', async () => {
      const { value } = await run('async (a, b) => ({ sum: a + b })', { args: [1, 2] })
      expect(value).toEqual({ sum: 3 })
    })

    test('keeps dates, maps, sets, bytes, bigints and undefined in both directions', async () => {
      const args = [new Date(0), new Map([['a', 1n]]), new Set([undefined]), new Uint8Array([1, 2]), { $: 'x' }]
      const { value } = await run(
        '(...args) => args.concat(args[0] instanceof Date && args[1].get("a") === 1n && args[3] instanceof Uint8Array)',
        { args },
      )
      expect(value).toEqual([...args, true])
    })

    test('knows its user, organization and settings, also after awaiting beside another call', async () => {
      const source = bundleOf({
        main: `async () => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          const { user, organizationId, settings, signal, deadline } = globalThis[Symbol.for('souk.server')].context()
          return [user.name, organizationId, settings.organization.url, signal.aborted, deadline > Date.now()]
        }`,
      })
      const results = await Promise.all([callFunction(runtime, source, 'main'), callFunction(runtime, source, 'main')])
      const expected = ['Ada', 'organization-1', 'https://api.example', false, true]
      expect(results.map(({ value }) => value)).toEqual([expected, expected])
    })

    test('brings what it logged, each call its own', async () => {
      const source = bundleOf({
        main: 'async (name) => { console.log("hello %s", name); await 0; console.warn({ a: 1 }); console.error("end") }',
      })
      const [first, second] = await Promise.all(
        ['one', 'two'].map((name) => callFunction(runtime, source, 'main', { args: [name] })),
      )
      expect(first?.logs).toEqual([
        { level: 'info', message: 'hello one' },
        { level: 'warn', message: '{ a: 1 }' },
        { level: 'error', message: 'end' },
      ])
      expect(second?.logs[0]?.message).toBe('hello two')
    })

    test('brings the logs of evaluating the bundle with the first call only', async () => {
      const source = bundleOf({ main: '() => 1' }, 'console.info("evaluated")')
      expect((await callFunction(runtime, source, 'main')).logs).toEqual([{ level: 'info', message: 'evaluated' }])
      expect((await callFunction(runtime, source, 'main')).logs).toEqual([])
    })

    test('stops logging at the limit', async () => {
      const { logs } = await run('() => { for (let i = 0; i < 5000; i++) console.log("x".repeat(5000)) }')
      expect(logs.length).toBe(15)
      expect(logs.every(({ message }) => message.length === 4096)).toBe(true)
    })

    test('works with the Node modules that packages import', async () => {
      const { value } = await run(
        '() => [createHash("sha256").update("a").digest("hex").slice(0, 4), Buffer.from("a").toString("hex"), typeof platform, process.env.NODE_ENV, typeof Intl.DateTimeFormat]',
        {},
        'import { createHash } from "node:crypto"; import { platform } from "node:os"; import "node:http"; import "node:stream"; import "node:fs"',
      )
      expect(value).toEqual(['ca97', '61', 'function', undefined, 'function'])
    })

    test('finds state that an earlier call of the same installation left, and never that of another', async () => {
      const source = bundleOf({ main: '() => (globalThis.count = (globalThis.count ?? 0) + 1)' })
      const call = async (installationId: string) =>
        (await callFunction(runtime, source, 'main', { installationId })).value
      expect([await call('state-a'), await call('state-a'), await call('state-b')]).toEqual([1, 2, 1])
    })
  })

  describe('a result that is streamed', () => {
    const stream = (code: string, options: CallOptions = {}) =>
      streamFunction(runtime, bundleOf({ main: code }), 'main', options)

    test.each([
      ['an async generator', 'async function* (n) { for (let i = 0; i < n; i++) yield { i } }'],
      [
        'a promise of a ReadableStream',
        'async (n) => new ReadableStream({ start(c) { for (let i = 0; i < n; i++) c.enqueue({ i }); c.close() } })',
      ],
      [
        'an AsyncIterable of its own',
        '(n) => { let i = 0; return { [Symbol.asyncIterator]: () => ({ next: async () => i < n ? { value: { i: i++ }, done: false } : { done: true } }) } }',
      ],
    ])('arrives part by part, from %s', async (_name, code) => {
      expect(await stream(code, { args: [3] })).toEqual({ parts: [{ i: 0 }, { i: 1 }, { i: 2 }], isStreamed: true })
    })

    test('may be empty, and hold what a result may hold', async () => {
      expect(await stream('async function* () {}')).toEqual({ parts: [], isStreamed: true })
      expect(
        await stream('async function* () { yield new Date(0); yield new Map([["a", 1n]]); yield undefined }'),
      ).toEqual({ parts: [new Date(0), new Map([['a', 1n]]), undefined], isStreamed: true })
    })

    test('arrives before the function has ended', async () => {
      const source = bundleOf({
        main: 'async function* () { yield 1; await new Promise((resolve) => { globalThis.go = resolve }); yield 2 }',
        go: '() => globalThis.go()',
      })
      const first = deferred<void>()
      const streaming = streamFunction(runtime, source, 'main', { onPart: async () => first.resolve() })
      await first.promise
      await callFunction(runtime, source, 'go')
      expect((await streaming).parts).toEqual([1, 2])
    })

    test('is made no faster than it is taken', async () => {
      const source = bundleOf({
        main: 'async function* () { globalThis.made = 0; for (;;) { globalThis.made++; yield "x".repeat(10000) } }',
        made: '() => globalThis.made',
      })
      const giveUp = new AbortController()
      const isFirst = deferred<void>()
      const streaming = streamFunction(runtime, source, 'main', {
        signal: giveUp.signal,
        onPart: () => {
          isFirst.resolve()
          return new Promise(() => {})
        },
      })
      await isFirst.promise
      let before = -1
      let made = 0
      // Until it stands still.
      while (made !== before) {
        before = made
        await new Promise((resolve) => setTimeout(resolve, 50))
        made = Number((await callFunction(runtime, source, 'made')).value)
      }
      // A window of 128 KiB, and another one to a worker.
      expect(made).toBeLessThanOrEqual(30)
      giveUp.abort()
      expect((await streaming).error?.code).toBe('ABORTED')
    })

    test('that is given up ends the generator, whose signal fires and whose finally runs', async () => {
      const source = bundleOf({
        main: `async function* () {
          const { signal } = globalThis[Symbol.for('souk.server')].context()
          try { for (let i = 0; ; i++) yield i } finally { globalThis.ended = signal.aborted }
        }`,
        ended: '() => globalThis.ended ?? null',
      })
      const giveUp = new AbortController()
      const { parts, error } = await streamFunction(runtime, source, 'main', {
        signal: giveUp.signal,
        onPart: async () => giveUp.abort(),
      })
      expect(parts[0]).toBe(0)
      expect(error?.code).toBe('ABORTED')
      await expect
        .poll(async () => (await callFunction(runtime, source, 'ended')).value, { timeout: 10_000 })
        .toBe(true)
    })

    test('that nobody takes any more is given up too', async () => {
      const { parts, error } = await stream('async function* () { for (let i = 0; ; i++) yield i }', {
        onPart: () => Promise.reject(new Error('nobody')),
      })
      expect(parts).toEqual([0])
      expect(error?.code).toBe('ABORTED')
    })

    test('brings an error as itself, after what came before it', async () => {
      const { parts, error } = await stream(
        'async function* () { yield 1; yield 2; throw Object.assign(new Error("No"), { code: "CONFLICT", fields: { a: "b" } }) }',
      )
      expect(parts).toEqual([1, 2])
      expect(error).toEqual({ code: 'CONFLICT', message: 'No', fields: { a: 'b' }, traceId: 'trace-1' })
    })

    test('ends at the deadline', async () => {
      const { parts, error } = await stream('async function* () { yield 1; await new Promise(() => {}) }', {
        deadlineMs: 1500,
      })
      expect(parts).toEqual([1])
      expect(error?.code).toBe('FUNCTION_TIMEOUT')
    })

    test.each([
      [
        'is larger than a result, all together',
        'async function* () { for (;;) yield "x".repeat(500_000) }',
        'FUNCTION_RESULT_TOO_LARGE',
      ],
      ['has endless empty parts', 'async function* () { for (;;) yield "" }', 'FUNCTION_RESULT_TOO_LARGE'],
      [
        'has one part that is too large',
        'async function* () { yield "x".repeat(6 * 1024 * 1024) }',
        'FUNCTION_RESULT_TOO_LARGE',
      ],
      ['has a part that cannot cross', 'async function* () { yield () => 1 }', 'VALUE_NOT_SENDABLE'],
    ])('that %s is refused', async (_name, code, expected) => {
      expect((await stream(code)).error?.code).toBe(expected)
    })

    test('is refused where nobody takes parts', async () => {
      expect((await run('async function* () { yield 1 }')).error?.code).toBe('VALUE_NOT_SENDABLE')
    })

    test('that is whole is told from a plain one', async () => {
      expect(await stream('() => [1]')).toEqual({ parts: [], isStreamed: false })
    })
  })

  describe('an error', () => {
    test('that app code throws on purpose arrives with its code, fields and delay', async () => {
      const { error } = await run(
        '() => { throw Object.assign(new Error("Slow down"), { code: "RATE_LIMITED", fields: { q: "Too often" }, retryAfterSeconds: 7 }) }',
      )
      expect(error).toEqual({
        code: 'RATE_LIMITED',
        message: 'Slow down',
        fields: { q: 'Too often' },
        retryAfterSeconds: 7,
        traceId: 'trace-1',
      })
    })

    test.each([
      [
        'a code of its own',
        '() => { throw Object.assign(new Error("x"), { code: "ENOENT" }) }',
        'FUNCTION_FAILED',
        'x',
      ],
      [
        'a code that is inherited',
        '() => { throw Object.assign(new Error("x"), { code: "constructor" }) }',
        'FUNCTION_FAILED',
        'x',
      ],
      ['no error', '() => { throw 42 }', 'FUNCTION_FAILED', 'The function threw something that is not an Error.'],
      [
        'hostile getters',
        '() => { throw { get code() { throw 1 }, get message() { throw 1 }, get stack() { throw 1 } } }',
        'FUNCTION_FAILED',
        'The function threw something that is not an Error.',
      ],
      [
        'a rejection',
        'async () => { await 0; null.x }',
        'FUNCTION_FAILED',
        "Cannot read properties of null (reading 'x')",
      ],
      [
        'a function as its result',
        '() => ({ f() {} })',
        'VALUE_NOT_SENDABLE',
        'result.f is a function. Functions cross only as event props of a component, such as onPress.',
      ],
      [
        'a cycle as its result',
        '() => { const a = []; a.push(a); return a }',
        'VALUE_NOT_SENDABLE',
        'result[0] refers back to a value that contains it; cycles cannot cross.',
      ],
    ])('with %s is told without a stack', async (_name, code, expectedCode, message) => {
      expect((await run(code)).error).toEqual({ code: expectedCode, message, traceId: 'trace-1' })
    })

    test('has its stack in the log', async () => {
      const { logs } = await run('function explode() { throw new Error("boom") }')
      expect(logs).toHaveLength(1)
      expect(logs[0]?.level).toBe('error')
      expect(logs[0]?.message).toMatch(/^Error: boom\n {4}at explode \(server\.js:2:/)
    })

    test('carries no credential, and neither does a log', async () => {
      const egress = { rules: [], credentials: { token: 's3cret/value' } }
      const { error, logs } = await run(
        '(s) => { console.log("a", s); throw new Error("no " + encodeURIComponent(s)) }',
        {
          args: ['s3cret/value'],
          egress,
        },
      )
      expect(error?.message).toBe('no [redacted]')
      expect(JSON.stringify(logs)).not.toMatch(/s3cret/)
      expect(logs[0]?.message).toBe('a [redacted]')
    })

    test('that nobody awaited ends no other call', async () => {
      const { value, logs } = await run(
        'async () => { Promise.reject(new Error("lost")); await new Promise((resolve) => setTimeout(resolve, 5)); return 1 }',
      )
      expect(value).toBe(1)
      expect(logs[0]?.message).toMatch(/^Uncaught in the background: Error: lost/)
    })
  })

  describe('what is refused', () => {
    test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'src/main.server.ts#other'])(
      'the function name %j',
      async (functionId) => {
        const { error } = await run('() => 1', { functionId })
        expect(error?.code).toBe('FUNCTION_NOT_FOUND')
      },
    )

    test('inherited names also when the bundle gave its table a prototype', async () => {
      const source = 'export const functions = { "a#b": () => 1 }'
      for (const functionId of ['constructor', '__proto__', 'toString'])
        expect((await callFunction(runtime, source, '', { functionId })).error?.code).toBe('FUNCTION_NOT_FOUND')
    })

    test('a result over the limit', async () => {
      expect((await run('() => "x".repeat(6 * 1024 * 1024)')).error?.code).toBe('FUNCTION_RESULT_TOO_LARGE')
    })

    test('arguments over the limit', async () => {
      expect((await run('() => 1', { args: ['x'.repeat(2 * 1024 * 1024)] })).error?.code).toBe('PAYLOAD_TOO_LARGE')
    })

    test('arguments that are no encoded array', async () => {
      const call = invocation(bundleOf({ main: '() => 1' }), 'main')
      for (const args of ['{', '{}', '[{"$":"Function","v":"1"}]', '[{"__proto__":1}]']) {
        const outcome = await runtime.invoke({ ...call, args })
        expect(outcome.ok ? undefined : outcome.error.code).toBe('INVALID_INPUT')
      }
    })

    test.each([
      ['does not parse', 'export const functions = {', 'FUNCTION_LOAD_FAILED'],
      ['throws when it is evaluated', 'throw new Error("bad start")', 'FUNCTION_LOAD_FAILED'],
      ['has no functions', 'export default 1', 'FUNCTION_LOAD_FAILED'],
      ['imports a file', 'import "file:///etc/passwd"', 'FUNCTION_LOAD_FAILED'],
      ['imports from the network', 'import "https://example.com/a.js"', 'FUNCTION_LOAD_FAILED'],
      ['imports a package', 'import "npm:left-pad"', 'FUNCTION_LOAD_FAILED'],
      ['ends its process', 'Deno.exit(0)', 'FUNCTION_CRASHED'],
    ])('a bundle that %s', async (_name, source, code) => {
      expect((await callFunction(runtime, source, 'main')).error?.code).toBe(code)
      await expect(runtime.load(loaded(source))).rejects.toMatchObject({ code })
    })

    test('a bundle that is not the one that was published', async () => {
      const call = invocation(bundleOf({ main: '() => "integrity"' }), 'main', { installationId: 'integrity' })
      const outcome = await runtime.invoke({ ...call, source: async () => 'export const functions = {}' })
      expect(outcome.ok ? undefined : outcome.error.code).toBe('BUNDLE_INTEGRITY')
    })

    test('nothing of a failing storage is told to the caller', async () => {
      const call = invocation(bundleOf({ main: '() => "storage"' }), 'main', { installationId: 'storage' })
      const outcome = await runtime.invoke({ ...call, source: () => Promise.reject(new Error('password=1')) })
      expect(outcome).toMatchObject({ ok: false, error: { code: 'INTERNAL', traceId: 'trace-1' } })
      expect(JSON.stringify(outcome)).not.toMatch(/password/)
    })
  })
})
