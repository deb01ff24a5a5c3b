import { expect, test } from 'vitest'
import { HostError } from '../host-error'
import { createFunctionParts } from './create-function-parts'

const open = (chunks: readonly string[], { isOpen = false } = {}) => {
  let cancelled = false
  let pulled = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[pulled++]
        if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk))
        else if (!isOpen) controller.close()
      },
      cancel() {
        cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const parts = createFunctionParts(body, () => new HostError('CONFLICT', 'No'))
  return { parts, isCancelled: () => cancelled, pulled: () => pulled }
}

const readAll = async ({ read }: ReturnType<typeof open>['parts']) => {
  const all: string[] = []
  for (;;) {
    const { parts, done } = await read()
    all.push(...parts)
    if (done) return all
  }
}

test('lines are read however they are cut', async () => {
  const { parts } = open(['{"part":"1"}\n{"pa', 'rt":"\u00e9"', '}\n', '{"end":true}\n'])
  expect(await readAll(parts)).toEqual(['1', 'é'])
})

test('the error of the function comes after the parts before it', async () => {
  const { parts } = open(['{"part":"1"}\n{"error":{"code":"CONFLICT"}}\n'])
  expect((await parts.read()).parts).toEqual(['1'])
  await expect(parts.read()).rejects.toMatchObject({ code: 'CONFLICT' })
})

test.each([
  ['ends before its last line', ['{"part":"1"}\n']],
  ['ends within a line', ['{"part":']],
  ['has a line that is not JSON', ['<html>\n']],
  ['has a line that is no object', ['[]\n']],
  ['has a line of another kind', ['{"other":1}\n']],
  ['has a part that is no text', ['{"part":1}\n']],
  ['is empty', []],
])('an answer that %s is refused', async (_what, chunks) => {
  const { parts } = open(chunks)
  await expect(readAll(parts)).rejects.toMatchObject({ code: 'INVALID_RESPONSE' })
})

test('a line without an end is refused, and the connection ended', async () => {
  const { parts, isCancelled } = open(Array.from({ length: 40 }, () => 'x'.repeat(1024 * 1024)))
  await expect(parts.read()).rejects.toMatchObject({ code: 'INVALID_RESPONSE' })
  expect(isCancelled()).toBe(true)
})

test('what nobody reads is left on the connection', async () => {
  const line = `{"part":"${'x'.repeat(20_000)}"}\n`
  const { parts, pulled } = open([...Array.from({ length: 50 }, () => line), '{"end":true}\n'])
  await parts.read()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(pulled()).toBeLessThan(10)
  expect(await readAll(parts)).not.toHaveLength(0)
  expect(pulled()).toBe(51)
})

test('giving it up ends the connection and who waits', async () => {
  const { parts, isCancelled } = open([], { isOpen: true })
  const reading = parts.read()
  parts.cancel()
  await expect(reading).rejects.toMatchObject({ code: 'ABORTED' })
  expect(isCancelled()).toBe(true)
})
