import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createRegistry } from '../registry/create-registry'
import { replaySession } from './replay-session'
import { testRegistry } from './test-registry'

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../../extension-sdk/src/protocol/fixtures/v1/${name}.json`), 'utf8')

// The sessions that were recorded with a host; `controls` was said by hand.
const packed = fixture('packed-batches')
const readable = fixture('readable-batches')

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

test.each([
  ['packed batches', packed],
  ['readable batches', readable],
])('the host of today behaves as it did in the recorded session of %s', async (_, recording) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const replay = await replaySession(recording, { registry: testRegistry })
  expect(replay.problems).toEqual([])
})

test('what the page showed on the way can be asserted', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const { shown } = await replaySession(packed, { registry: testRegistry })
  expect(shown.find((text) => text.includes('Hello ADA'))).toContain('Record 7 in light')
  expect(shown.some((text) => text.includes('Record 7 in dark'))).toBe(true)
  expect(document.body).toBeEmptyDOMElement()
})

test('a message that the host sends differently now is a problem', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const recording = JSON.parse(packed) as {
    entries: { message?: { type?: string; payload?: { eventVersion?: number } } }[]
  }
  const edit = recording.entries.find(({ message }) => message?.payload?.eventVersion !== undefined)
  if (edit?.message?.payload) edit.message.payload.eventVersion = 7
  const replay = await replaySession(JSON.stringify(recording), { registry: testRegistry })
  expect(replay.problems.join('\n')).toMatch(
    /request event-handler-call: was .*"eventVersion":7.* is now .*"eventVersion":1/,
  )
})

test('a registry whose component fails now is seen in what was reported', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  // biome-ignore lint/correctness/noComponentHookFactories: it is broken for this test alone.
  const Text = () => {
    throw new Error('no theme')
  }
  const registry = createRegistry({ ...testRegistry, components: { ...testRegistry.components, Text } })
  const replay = await replaySession(packed, { registry, timeoutMs: 50 })
  expect(replay.diagnostics.map(({ code }) => code)).toContain('COMPONENT_FAILED')
})

test.each([
  ['no JSON', 'x', /no JSON/],
  ['no handshake', '{"entries":[]}', /handshake/],
  ['a message of nobody', '{"connect":{"appId":"a","appInstallationId":"b"},"entries":[{"from":"me"}]}', /neither/],
])('a file with %s is refused', async (_, text, sentence) => {
  await expect(replaySession(text, { registry: testRegistry })).rejects.toThrow(sentence)
})
