import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundleOf, callFunction } from '../runtime-test-kit'
import { examineHardening } from './find-bubblewrap'
import { createHardenedRuntime } from './hardened-runtime'
import { seccompFilter } from './seccomp-filter'

describe('where there is no sandbox of the system', () => {
  test('the runtime refuses to start, and says what to install', () => {
    expect(() => createHardenedRuntime({ bubblewrapPath: '/nowhere/bwrap' })).toThrowError(
      expect.objectContaining({
        code: 'RUNTIME_UNAVAILABLE',
        message: expect.stringContaining('apt-get install bubblewrap'),
      }),
    )
  })

  test('a sandbox that does not work is no sandbox', () => {
    expect(existsSync('/bin/false')).toBe(true)
    const hardening = examineHardening('/bin/false')
    expect(hardening).toEqual({ available: false, reason: expect.stringMatching(/does not work|exists on Linux only/) })
  })
})

// What is asked of the kernel itself needs a machine that has the sandbox; the refusal above is what the others get.
describe('in the sandbox of the system', () => {
  const isRefused = (): boolean => {
    if (examineHardening().available) return false
    expect(() => createHardenedRuntime()).toThrowError(expect.objectContaining({ code: 'RUNTIME_UNAVAILABLE' }))
    return true
  }

  test('functions run, and the process sees neither the machine nor its processes', async () => {
    if (isRefused()) return
    const runtime = createHardenedRuntime({ poolSize: 0 })
    const source = bundleOf({ main: '() => [process.pid, 1 + 1]' })
    // The first process of a process namespace.
    expect((await callFunction(runtime, source, 'main')).value).toEqual([1, 2])
    await runtime.dispose()
    expect(runtime.stats().processes).toBe(0)
  })

  test.each([
    [
      'fills buffers outside of its heap',
      'async () => { const all = []; for (;;) { all.push(new Uint8Array(16 << 20).fill(1)); await 0 } }',
      'FUNCTION_MEMORY',
    ],
    ['loops', '() => { for (;;); }', 'FUNCTION_TIMEOUT'],
  ])('a process that %s is ended, though it is the child of the one we started', async (_what, code, expected) => {
    if (isRefused()) return
    const runtime = createHardenedRuntime({ poolSize: 0, limits: { residentMegabytes: 200, loadMs: 60_000 } })
    const source = bundleOf({ main: code, ready: '() => 1' })
    await callFunction(runtime, source, 'ready', { deadlineMs: 60_000 })
    const deadlineMs = expected === 'FUNCTION_TIMEOUT' ? 300 : 30_000
    expect((await callFunction(runtime, source, 'main', { deadlineMs })).error?.code).toBe(expected)
    await runtime.dispose()
  })
})

describe('the filter of system calls', () => {
  test.each(['x64', 'arm64'])('of %s ends with allow and refuse, and jumps nowhere else', (architecture) => {
    const bytes = seccompFilter(architecture)
    const view = new DataView(bytes?.buffer as ArrayBuffer)
    const count = view.byteLength / 8
    for (let index = 5; index < count - 2; index++) expect(index + 1 + view.getUint8(index * 8 + 2)).toBe(count - 1)
    expect(4 + 1 + view.getUint8(4 * 8 + 2)).toBe(count - 1)
    expect(view.getUint32((count - 2) * 8 + 4, true)).toBe(0x7fff0000)
  })

  test('does not exist for an architecture whose calls nobody looked up', () => {
    expect(seccompFilter('riscv64')).toBeUndefined()
  })
})
