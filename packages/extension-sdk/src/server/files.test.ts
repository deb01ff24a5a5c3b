import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFile } from './files'

const PLATFORM = Symbol.for('souk.server')
const content = new Uint8Array([...new TextEncoder().encode('id,name\n1,Bücher\n')])
const handle = { id: 'h', name: 'what the browser says', size: 999, type: 'x/y' }

let read: number[] = []
let answers: Readonly<Record<string, (request: { id: unknown; offset?: number }) => unknown>> = {}

beforeEach(() => {
  read = []
  answers = {
    'file.describe': () => ({ name: 'orders.csv', size: content.length, type: 'text/csv' }),
    'file.read': ({ offset = 0 }) => {
      read.push(offset)
      return content.slice(offset, offset + 5)
    },
  }
  Reflect.set(globalThis, PLATFORM, {
    context: () => ({}),
    ask: async (operation: string, [request]: [{ id: unknown }]) => answers[operation]?.(request),
  })
})
afterEach(() => void Reflect.deleteProperty(globalThis, PLATFORM))

test('a file is what arrived, not what its handle says', async () => {
  const file = await readFile(handle)
  expect(file).toMatchObject({ name: 'orders.csv', size: content.length, type: 'text/csv' })
  expect(read).toEqual([])
  expect(await file.bytes()).toEqual(content)
  expect(await file.text()).toBe('id,name\n1,Bücher\n')
  const blob = await file.blob()
  expect([blob.type, blob.size]).toEqual(['text/csv', content.length])
})

test('a stream asks for a piece when somebody wants one', async () => {
  const reader = (await readFile(handle)).stream().getReader()
  expect(read).toEqual([])
  expect((await reader.read()).value).toEqual(content.slice(0, 5))
  expect(read).toEqual([0])
  const rest: number[] = []
  for (let next = await reader.read(); !next.done; next = await reader.read()) rest.push(...next.value)
  expect(rest).toEqual([...content.slice(5)])
})

describe('refused', () => {
  test.each([
    ['another type', { accept: ['image/*', '.pdf'] }],
    ['a size that is over the limit', { maxBytes: content.length - 1 }],
  ])('%s, before anything is read', async (_, options) => {
    await expect(readFile(handle, options)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(read).toEqual([])
  })

  test.each([[undefined], [null], ['h'], [{}], [{ id: 7 }]])(
    '%j for a handle, as the product refuses it',
    async (given) => {
      answers = {
        'file.describe': ({ id }) => {
          throw Object.assign(new Error(String(id)), { code: 'FILE_NOT_GRANTED' })
        },
      }
      await expect(readFile(given as never)).rejects.toMatchObject({ code: 'FILE_NOT_GRANTED' })
    },
  )

  test.each([undefined, {}, { name: 'a', size: '1', type: '' }])('%j for a description', async (description) => {
    answers = { 'file.describe': () => description }
    await expect(readFile(handle)).rejects.toMatchObject({ code: 'INVALID_RESPONSE' })
  })

  test('anything but bytes for a piece', async () => {
    answers = { ...answers, 'file.read': () => 'text' }
    await expect((await readFile(handle)).bytes()).rejects.toMatchObject({ code: 'INVALID_RESPONSE' })
  })
})

test('takes what fits for a file that is allowed', async () => {
  const options = { accept: ['.CSV', 'text/csv'], maxBytes: content.length }
  expect((await readFile(handle, options)).size).toBe(content.length)
})
