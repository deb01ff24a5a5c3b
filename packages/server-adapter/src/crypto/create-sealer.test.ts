import { expect, test } from 'vitest'
import { createSealer } from './create-sealer'

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const sealer = createSealer({ current: { id: 'a', key: keyOf(1) } })
const place = ['installation-1', '', 'api.key']

test('a sealed value opens in its own place and does not show what it holds', async () => {
  const sealed = await sealer.seal('s3cret-välue', place)
  expect(sealed).not.toContain('s3cret')
  expect(await sealer.open(sealed, place)).toBe('s3cret-välue')
  expect(await sealer.seal('s3cret-välue', place)).not.toBe(sealed)
})

test.each([
  ['another installation', ['installation-2', '', 'api.key']],
  ['another user', ['installation-1', 'u', 'api.key']],
  ['another setting', ['installation-1', '', 'api.url']],
  ['a place whose parts join to the same text', ['installation-1', ',', 'api.key']],
])('a sealed value that was copied to %s does not open', async (_, other) => {
  const sealed = await sealer.seal('s3cret', place)
  await expect(sealer.open(sealed, other)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
  // Bringing the additional data along does not help: it is never read from the text.
  const smuggled = JSON.stringify({
    ...JSON.parse(sealed),
    aad: Buffer.from(JSON.stringify(place)).toString('base64url'),
  })
  await expect(sealer.open(smuggled, other)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
})

test('a key that was rotated out still opens, and a key that is gone does not', async () => {
  const sealed = await sealer.seal('s3cret', place)
  const rotated = createSealer({ current: { id: 'b', key: keyOf(2) }, previous: [{ id: 'a', key: keyOf(1) }] })
  expect(await rotated.open(sealed, place)).toBe('s3cret')
  expect([rotated.isCurrent(sealed), sealer.isCurrent(sealed), rotated.isCurrent('not json')]).toEqual([
    false,
    true,
    false,
  ])
  expect(JSON.parse(atob(JSON.parse(await rotated.seal('x', place)).protected))).toMatchObject({ kid: 'b' })
  const without = createSealer({ current: { id: 'b', key: keyOf(2) } })
  await expect(without.open(sealed, place)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
  const wrong = createSealer({ current: { id: 'a', key: keyOf(3) } })
  await expect(wrong.open(sealed, place)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
})

test.each(['', 'null', '[]', '{}', '{"protected":"e30","iv":"","ciphertext":"","tag":""}', 'not json'])(
  'the text %j does not open',
  async (text) => {
    await expect(sealer.open(text, place)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
  },
)

test('a changed byte does not open', async () => {
  const sealed = JSON.parse(await sealer.seal('s3cret', place))
  for (const part of ['iv', 'ciphertext', 'tag', 'protected']) {
    const text: string = sealed[part]
    const changed = { ...sealed, [part]: (text.startsWith('A') ? 'B' : 'A') + text.slice(1) }
    await expect(sealer.open(JSON.stringify(changed), place)).rejects.toMatchObject({ code: 'NOT_CONFIGURED' })
  }
})

test.each([
  ['a short key', { current: { id: 'a', key: 'c2hvcnQ=' } }, /holds 5 bytes/],
  ['no id', { current: { id: '', key: keyOf(1) } }, /has no id/],
  ['no current key', {}, /secrets\.current/],
  ['a bad previous key', { current: { id: 'a', key: keyOf(1) }, previous: [{ id: 'b', key: '' }] }, /holds 0 bytes/],
])('%s is said at start', (_, ring, message) => {
  expect(() => createSealer(ring as never)).toThrow(message)
})
