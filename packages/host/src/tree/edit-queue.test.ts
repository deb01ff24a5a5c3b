import { expect, test } from 'vitest'
import { createEditQueue } from './edit-queue'

const setup = () => {
  interface Edit {
    readonly version: number
  }
  const sent: { readonly edit: Edit; answer(value: string): void; fail(error: Error): void }[] = []
  const queue = createEditQueue((edit: Edit) => new Promise((answer, fail) => sent.push({ edit, answer, fail })))
  const add = (version: number) => queue.add({ version })
  return { sent, add, versions: () => sent.map(({ edit }) => edit.version) }
}

const settle = () => new Promise((resolve) => setTimeout(resolve))

test('edits are sent at once and in order, as long as the extension follows', async () => {
  const { sent, add, versions } = setup()
  const answers = [add(1), add(2)]
  expect(versions()).toEqual([1, 2])
  sent[1]?.answer('b')
  sent[0]?.answer('a')
  expect(await Promise.all(answers)).toEqual(['a', 'b'])
})

test('of the edits of a user who is faster than the extension the last one is sent, and never left out', async () => {
  const { sent, add, versions } = setup()
  const answers = Array.from({ length: 300 }, (_, index) => add(index + 1))
  expect(versions()).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
  sent[0]?.answer('first')
  await settle()
  expect(versions().at(-1)).toBe(300)
  sent.at(-1)?.answer('last')
  expect(await answers[0]).toBe('first')
  expect(await answers[150]).toBeUndefined()
  expect(await answers[299]).toBe('last')
})

test('an edit that fails makes room for the next one', async () => {
  const { sent, add, versions } = setup()
  const answers = Array.from({ length: 18 }, (_, index) => add(index + 1))
  for (const answer of answers) answer.catch(() => {})
  sent[3]?.fail(new Error('lost'))
  await expect(answers[3]).rejects.toThrow('lost')
  await settle()
  expect(versions().at(-1)).toBe(18)
})
