import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionRuntime } from './function-runtime'
import { examineHardening } from './hardened/find-bubblewrap'
import { createHardenedRuntime } from './hardened/hardened-runtime'
import { createProcessRuntime, type ProcessRuntimeOptions } from './process-runtime'
import { createRemotePair } from './remote/remote-test-kit'
import { bundleOf, type Called, type CallOptions, callFunction, invocation, loaded } from './runtime-test-kit'

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
      expect((await run('() => 1', { args: ['x'.repeat(1024 * 1024)] })).error?.code).toBe('PAYLOAD_TOO_LARGE')
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
