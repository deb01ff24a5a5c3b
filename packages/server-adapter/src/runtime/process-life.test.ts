import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionRuntime } from './function-runtime'
import { findLauncher } from './launch-guest'
import { createProcessRuntime } from './process-runtime'
import { bundleOf, callFunction, invocation, loaded } from './runtime-test-kit'

const FUNCTIONS = {
  pid: '() => process.pid',
  sleep: '(ms) => new Promise((resolve) => setTimeout(resolve, ms, "slept"))',
  hang: '() => new Promise(() => {})',
  spin: '() => { for (;;); }',
  waitForAbort:
    '() => new Promise((resolve) => globalThis[Symbol.for("souk.server")].context().signal.addEventListener("abort", () => { globalThis.wasAborted = true; resolve() }))',
  wasAborted: '() => globalThis.wasAborted === true',
  heap: '() => { const all = []; for (;;) all.push(new Array(10000).fill({})) }',
  buffers: 'async () => { const all = []; for (;;) { all.push(new Uint8Array(16 << 20).fill(1)); await 0 } }',
  exit: '() => Deno.exit(3)',
} as const
const source = bundleOf(FUNCTIONS)

let runtime: FunctionRuntime
beforeAll(() => {
  runtime = createProcessRuntime({
    // A slow machine takes long to fill a heap, and what is asked here is what happens then.
    limits: { concurrentCalls: 2, waitingCalls: 1, waitMs: 300, residentMegabytes: 200, cpuMs: 60_000 },
  })
})
afterEach(() => runtime.unload('installation-a'))
afterAll(() => runtime.dispose())

const isAlive = (pid: unknown): boolean => {
  try {
    // A process that ended stays in the list until its parent, which may be gone too, has asked for its exit code.
    if (process.platform === 'linux') return !/^State:\tZ/m.test(readFileSync(`/proc/${Number(pid)}/status`, 'latin1'))
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}
const call = (name: keyof typeof FUNCTIONS, options?: Parameters<typeof callFunction>[3]) =>
  callFunction(runtime, source, name, options)

describe('the deadline', () => {
  test('answers the caller of a busy loop, kills its process, and a neighbour notices nothing', async () => {
    const neighbour = (await call('pid', { installationId: 'neighbour' })).value
    const { value: pid } = await call('pid')
    const spinning = call('spin', { deadlineMs: 300 })
    const beside = await call('sleep', { installationId: 'neighbour', args: [10] })
    expect(beside.value).toBe('slept')
    expect((await spinning).error?.code).toBe('FUNCTION_TIMEOUT')
    const { value: next } = await call('pid')
    expect(next).not.toBe(pid)
    expect((await call('pid', { installationId: 'neighbour' })).value).toBe(neighbour)
    await runtime.unload('installation-a')
    expect(isAlive(pid)).toBe(false)
  })

  test('lets the other calls of a process that still answers finish, and gives it no new ones', async () => {
    const { value: pid } = await call('pid')
    const other = call('sleep', { args: [400] })
    expect((await call('hang', { deadlineMs: 100 })).error?.code).toBe('FUNCTION_TIMEOUT')
    const { value: next } = await call('pid')
    expect(next).not.toBe(pid)
    expect((await other).value).toBe('slept')
  })

  test('counts the time in which a bundle is evaluated', async () => {
    const slow = bundleOf({ main: '() => 1' }, 'await new Promise(() => {})')
    expect((await callFunction(runtime, slow, 'main', { deadlineMs: 200 })).error?.code).toBe('FUNCTION_TIMEOUT')
  })

  test('ends the evaluation of a bundle that takes too long', async () => {
    const impatient = createProcessRuntime({ poolSize: 0, limits: { loadMs: 600 } })
    await expect(impatient.load(loaded('for (;;);'))).rejects.toMatchObject({ code: 'FUNCTION_LOAD_FAILED' })
    await impatient.dispose()
  })
})

describe('processor time', () => {
  test('is bounded long before the deadline, and waiting costs none', async () => {
    const frugal = createProcessRuntime({ poolSize: 0, limits: { cpuMs: 300, loadMs: 60_000 } })
    const run = (name: keyof typeof FUNCTIONS, args: unknown[] = []) =>
      callFunction(frugal, source, name, { deadlineMs: 60_000, args })
    expect((await run('sleep', [1_000])).value).toBe('slept')
    // Elsewhere the deadline alone holds, as the documentation says.
    if (process.platform === 'linux') expect((await run('spin')).error?.code).toBe('FUNCTION_CPU')
    expect((await run('sleep', [1])).value).toBe('slept')
    await frugal.dispose()
  })
})

describe('the places of a machine', () => {
  test('are shared by organizations in turn, whatever one of them sends', async () => {
    const small = createProcessRuntime({
      poolSize: 0,
      limits: { concurrentCallsOnMachine: 1, waitingCallsPerOrganization: 2, waitMs: 60_000, loadMs: 60_000 },
    })
    const order: string[] = []
    const send = async (organizationId: string, name: string) => {
      const call = invocation(source, 'sleep', { installationId: organizationId, args: [1], deadlineMs: 60_000 })
      const outcome = await small.invoke({ ...call, context: { ...call.context, organizationId } })
      order.push(outcome.ok ? name : outcome.error.code)
    }
    await Promise.all([
      send('busy', 'busy 1'),
      send('busy', 'busy 2'),
      send('busy', 'busy 3'),
      send('busy', 'busy 4'),
      send('quiet', 'quiet 1'),
    ])
    expect(order).toEqual(['FUNCTION_OVERLOADED', 'busy 1', 'busy 2', 'quiet 1', 'busy 3'])
    await small.dispose()
  })
})

describe('an abort', () => {
  test('answers the caller at once, and tells the function', async () => {
    const caller = new AbortController()
    const waiting = call('waitForAbort', { signal: caller.signal })
    await call('pid')
    caller.abort()
    expect((await waiting).error?.code).toBe('ABORTED')
    expect((await call('wasAborted')).value).toBe(true)
  })

  test('before the call starts nothing', async () => {
    const { error } = await call('pid', { signal: AbortSignal.abort() })
    expect(error?.code).toBe('ABORTED')
  })
})

describe('the places of an installation', () => {
  test('are bounded, waited for a while, and never taken from another installation', async () => {
    await call('pid')
    const long = [call('sleep', { args: [900] }), call('sleep', { args: [900] })]
    const late = call('pid')
    const tooMany = await call('pid')
    expect(tooMany.error).toMatchObject({ code: 'FUNCTION_OVERLOADED', retryAfterSeconds: 1 })
    expect((await call('sleep', { installationId: 'neighbour', args: [1] })).value).toBe('slept')
    expect((await late).error?.code).toBe('FUNCTION_OVERLOADED')
    expect((await Promise.all(long)).map(({ value }) => value)).toEqual(['slept', 'slept'])
    expect((await call('pid')).error).toBeUndefined()
  })

  test('are given on in order when a call ends', async () => {
    const patient = createProcessRuntime({
      poolSize: 0,
      limits: { concurrentCalls: 2, waitingCalls: 1, waitMs: 60_000, loadMs: 60_000 },
    })
    const sleep = (ms: number) => callFunction(patient, source, 'sleep', { args: [ms], deadlineMs: 60_000 })
    await sleep(1)
    const results = [sleep(50), sleep(100), sleep(1)]
    expect((await Promise.all(results)).map(({ value }) => value)).toEqual(['slept', 'slept', 'slept'])
    await patient.dispose()
  })

  test('stay taken by a function whose caller has gone', async () => {
    const caller = new AbortController()
    await call('pid')
    const gone = [1, 2].map(() => call('hang', { signal: caller.signal }))
    await new Promise((resolve) => setImmediate(resolve))
    caller.abort()
    expect((await Promise.all(gone)).map(({ error }) => error?.code)).toEqual(['ABORTED', 'ABORTED'])
    expect((await call('pid')).error?.code).toBe('FUNCTION_OVERLOADED')
  })
})

describe('a process', () => {
  test.each([
    ['fills its heap', 'heap', 'FUNCTION_MEMORY'],
    ['fills buffers outside of its heap', 'buffers', 'FUNCTION_MEMORY'],
    ['ends itself', 'exit', 'FUNCTION_CRASHED'],
  ] as const)('that %s ends alone, and the next call has another', { timeout: 120_000 }, async (_what, name, code) => {
    const { value: neighbour } = await call('pid', { installationId: 'neighbour' })
    // Memory takes a while to be filled where others compute as well.
    expect((await call(name, { deadlineMs: 90_000 })).error?.code).toBe(code)
    expect((await call('pid')).error).toBeUndefined()
    expect((await call('pid', { installationId: 'neighbour' })).value).toBe(neighbour)
  })

  test('is gone after unload, and its calls have a coded error', async () => {
    const { value: pid } = await call('pid')
    const hanging = call('hang')
    const waiting = [call('hang'), call('hang')]
    await runtime.unload('installation-a')
    expect(isAlive(pid)).toBe(false)
    for (const { error } of await Promise.all([hanging, ...waiting]))
      expect(error?.code).toBe('DEPLOYMENT_NOT_RUNNABLE')
    expect((await call('pid')).error).toBeUndefined()
  })

  test('that is being started is gone after unload too', async () => {
    const starting = callFunction(runtime, bundleOf({ main: '() => 1' }, 'await new Promise(() => {})'), 'main')
    await runtime.unload('installation-a')
    expect((await starting).error?.code).toBe('DEPLOYMENT_NOT_RUNNABLE')
  })

  test('ends when it is idle', async () => {
    const eager = createProcessRuntime({ poolSize: 0, limits: { idleMs: 1 } })
    const { value: pid } = await callFunction(eager, source, 'pid')
    await expect.poll(() => isAlive(pid)).toBe(false)
    // The runtime hears of it a moment later.
    await expect.poll(() => eager.stats()).toEqual({ processes: 0, calls: 1, kills: 0 })
    expect((await callFunction(eager, source, 'pid')).error).toBeUndefined()
    await eager.dispose()
  })

  test('makes room for the next when there are as many as there may be', async () => {
    const small = createProcessRuntime({ poolSize: 0, limits: { processes: 1 } })
    const { value: first } = await callFunction(small, source, 'pid', { installationId: 'a' })
    expect((await callFunction(small, source, 'pid', { installationId: 'b' })).error).toBeUndefined()
    await expect.poll(() => isAlive(first)).toBe(false)
    const hanging = callFunction(small, source, 'hang', { installationId: 'b' })
    const refused = await callFunction(small, source, 'pid', { installationId: 'c' })
    expect(refused.error?.code).toBe('FUNCTION_OVERLOADED')
    await small.dispose()
    expect((await hanging).error?.code).toBe('RUNTIME_UNAVAILABLE')
  })

  test('is loaded ahead by load(), which asks for the source once', async () => {
    let reads = 0
    const bundle = { ...loaded(source), source: async () => (reads++ === 0 ? source : '') }
    await Promise.all([runtime.load(bundle), runtime.load(bundle)])
    await runtime.load(bundle)
    await runtime.invoke({ ...invocation(source, 'pid'), source: bundle.source })
    expect(reads).toBe(1)
  })
})

test('dispose leaves no process behind, warm ones included, and refuses later calls', async () => {
  const own = createProcessRuntime({ poolSize: 2 })
  const { value: pid } = await callFunction(own, source, 'pid')
  const spinning = callFunction(own, source, 'spin', { installationId: 'b' })
  await expect.poll(() => own.stats().processes).toBe(4)
  await own.dispose()
  expect(own.stats().processes).toBe(0)
  expect(isAlive(pid)).toBe(false)
  expect((await spinning).error?.code).toBe('RUNTIME_UNAVAILABLE')
  expect((await callFunction(own, source, 'pid')).error?.code).toBe('RUNTIME_UNAVAILABLE')
})

test('a busy loop ends with its host, also when the host is killed', async () => {
  // Where the system has nothing that could do it, the documentation says so.
  if (!findLauncher().diesWithParent) return
  const host = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('spinning-host.ts', import.meta.url))],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [pid]: unknown[] = await once(host.stdout, 'data')
  expect(isAlive(pid)).toBe(true)
  host.kill('SIGKILL')
  await once(host, 'exit')
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
})

describe('without Deno', () => {
  test('the runtime says what to run', () => {
    expect(() => createProcessRuntime({ denoPath: '/nowhere/deno' })).toThrowError(
      expect.objectContaining({ code: 'RUNTIME_UNAVAILABLE', message: expect.stringContaining('npm install deno') }),
    )
  })

  test('a program that is not Deno is reported, not waited for', async () => {
    const wrong = createProcessRuntime({ denoPath: '/bin/false', poolSize: 0 })
    expect((await callFunction(wrong, source, 'pid')).error?.code).toBe('RUNTIME_UNAVAILABLE')
    await wrong.dispose()
  })
})
