import { encodeValue, FILE_LIMITS, type FileHandle, toFileId } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { openField } from '../components/field-files'
import { createFileGrants } from './file-grants'

const argsOf = (...args: readonly unknown[]): string => {
  const encoded = encodeValue(args)
  if (!('text' in encoded)) throw new Error(encoded.refused)
  return encoded.text
}

const csv = (name = 'orders.csv', content: BlobPart = 'a') => new File([content], name, { type: 'text/csv' })

/** Says it is as large as it is told, without being so. */
const sized = (size: number) => Object.defineProperty(csv(), 'size', { value: size })

const notGranted = expect.objectContaining({ code: 'FILE_NOT_GRANTED' })

const choose = (...files: readonly File[]) => {
  let time = 0
  const wait = (ms: number) => {
    time += ms
  }
  const grants = createFileGrants(() => time)
  const root = grants.openRoot()
  const field = openField(root)
  const handles = field.choose(files)
  // Each test chooses at least one.
  return { grants, root, field, handles, handle: handles[0] as FileHandle, wait }
}

test('a handle says what the file is called, and nothing of what is in it or where it was', () => {
  const { handle, grants } = choose(csv('C:\\Users\\ada\\orders.csv', 'secret'))
  expect(handle).toEqual({
    id: expect.stringMatching(/^souk-file:[\w-]{43}$/),
    name: 'orders.csv',
    size: 6,
    type: 'text/csv',
  })
  const [named, ...more] = grants.named(argsOf('x', { deep: [handle] }, handle))
  expect([named?.handle, named?.file.size, more]).toEqual([handle, 6, []])
})

test('arguments without handles name no file', () => {
  expect(choose(csv()).grants.named(argsOf('orders.csv', { id: 7 }))).toEqual([])
})

describe('refused is', () => {
  test('a handle that was made up', () => {
    const { grants } = choose(csv())
    expect(() => grants.named(argsOf({ id: toFileId('a'.repeat(43)) }))).toThrow(notGranted)
  })

  test('a handle of another installation, which has grants of its own', () => {
    const mine = choose(csv())
    const other = choose(csv())
    expect(() => other.grants.named(argsOf(mine.handle))).toThrow(notGranted)
  })

  test('a file that the user has removed, while what stays keeps its handle', () => {
    const [first, second] = [csv('first'), csv('second')]
    const { grants, field, handles } = choose(first, second)
    expect(field.choose([second])).toEqual([handles[1]])
    expect(() => grants.named(argsOf(handles[0]))).toThrow(notGranted)
    expect(grants.named(argsOf(handles[1]))).toHaveLength(1)
  })

  test('what was chosen in a field that is gone', () => {
    const { grants, field, handle } = choose(csv())
    field.close()
    expect(() => grants.named(argsOf(handle))).toThrow(notGranted)
  })

  test('what was chosen in a root that is gone, and what a component of it still chooses; another root keeps its own', () => {
    const { grants, root, field, handle } = choose(csv())
    const [kept] = openField(grants.openRoot()).choose([csv()])
    root.close()
    expect(() => grants.named(argsOf(handle))).toThrow(notGranted)
    const [late] = field.choose([csv()])
    expect(() => grants.named(argsOf(late))).toThrow(notGranted)
    expect(grants.named(argsOf(kept))).toHaveLength(1)
  })

  test('a handle that is too old', () => {
    const { grants, handle, wait } = choose(csv())
    wait(FILE_LIMITS.handleMs - 1)
    expect(grants.named(argsOf(handle))).toHaveLength(1)
    wait(1)
    expect(() => grants.named(argsOf(handle))).toThrow(notGranted)
  })

  test('a call that names more files than it may', () => {
    const { grants, handles } = choose(...Array.from({ length: FILE_LIMITS.filesPerCall + 1 }, () => csv()))
    expect(grants.named(argsOf(...handles.slice(1)))).toHaveLength(FILE_LIMITS.filesPerCall)
    expect(() => grants.named(argsOf(...handles))).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }))
  })

  test('a call whose files are too large together', () => {
    const { grants, handles } = choose(sized(FILE_LIMITS.callBytes), sized(1))
    expect(grants.named(argsOf(handles[0]))).toHaveLength(1)
    expect(() => grants.named(argsOf(...handles))).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }))
  })
})
