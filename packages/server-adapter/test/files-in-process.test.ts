import { type CallFile, FILE_LIMITS, toFileId } from '@souk/extension-sdk/protocol'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProcessRuntime } from '../src/runtime'
import type { FunctionRuntime } from '../src/runtime/function-runtime'
import { bundleOf, invocation } from '../src/runtime/runtime-test-kit'
import { createPlatformCalls } from '../src/services/platform-calls'

const A = toFileId('a'.repeat(43))
const B = toFileId('b'.repeat(43))

let runtime: FunctionRuntime
let source = ''

beforeAll(async () => {
  runtime = createProcessRuntime()
  const { outputFiles } = await build({
    stdin: {
      contents: "import { readFile } from '../../extension-sdk/src/server'\nglobalThis.readFile = readFile",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'esm',
    write: false,
  })
  source = bundleOf(
    {
      main: `async (handle) => {
        const file = await readFile(handle)
        const bytes = await file.bytes()
        const hash = await crypto.subtle.digest('SHA-256', bytes)
        return { name: file.name, length: bytes.length, hash: [...new Uint8Array(hash)].slice(0, 4) }
      }`,
      later: `async (handle, other) => {
        const file = await readFile(handle)
        globalThis.kept ??= file
        const codeOf = (work) => work.then(() => 'read', (error) => error.code)
        return [await codeOf(globalThis.kept.text()), await codeOf(readFile(other))]
      }`,
    },
    outputFiles[0]?.text,
  )
}, 60_000)
afterAll(() => runtime.dispose())

const call = async (name: string, files: readonly CallFile[], ...args: readonly unknown[]) => {
  // A call with files asks the platform for nothing but these.
  const context = {} as Parameters<typeof createPlatformCalls>[0]
  const caller = { user: {}, installation: {}, connectionIds: [], traceId: 't', files } as unknown as Parameters<
    typeof createPlatformCalls
  >[1]
  const outcome = await runtime.invoke({
    ...invocation(source, name, { args, deadlineMs: 60_000 }),
    platform: createPlatformCalls(context, caller),
  })
  return outcome.ok ? JSON.parse(outcome.result) : outcome.error
}

const fileOf = (id: string, bytes: Uint8Array): CallFile => ({ id, name: 'a.csv', type: 'text/csv', bytes })

test('code in a process of its own reads the largest file there may be, byte for byte', async () => {
  const bytes = new Uint8Array(FILE_LIMITS.fileBytes).map((_, index) => (index * 7) % 256)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  expect(await call('main', [fileOf(A, bytes)], { id: A })).toEqual({
    name: 'a.csv',
    length: bytes.length,
    hash: [...hash].slice(0, 4),
  })
}, 60_000)

test('what a function keeps of a file reads nothing in the next call, nor a file that another call has', async () => {
  const file = fileOf(A, new Uint8Array([1, 2, 3]))
  expect(await call('later', [file], { id: A }, { id: B })).toEqual(['read', 'FILE_NOT_GRANTED'])
  const other = fileOf(B, new Uint8Array([4]))
  expect(await call('later', [other], { id: B }, { id: A })).toEqual(['FILE_NOT_GRANTED', 'FILE_NOT_GRANTED'])
}, 60_000)
