import type { SoukClient } from '@souk/host'
import { createSoukClient } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { afterEach, expect, test, vi } from 'vitest'
import * as client from '../../packages/extension-sdk/src/client'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { createRuntimes, installed, mountPage, widgetApp } from './support/page'

/** Streamed results from the lines of the server to what an extension draws, over the real client, host, protocol and SDK. */

const { createElement: h, Suspense, useEffect, useState } = sdkReact
const count = client.createServerFunction('src/count.server.ts#count')

afterEach(() => document.body.replaceChildren())

const part = (value: unknown) => `${JSON.stringify({ part: JSON.stringify(value) })}\n`
const END = '{"end":true}\n'
const PROBLEM = { type: 'about:blank', title: 'No', status: 409, code: 'CONFLICT', detail: 'Somebody was faster.' }

/** Lines that the server makes as they are taken, and what became of them. */
const createSource = (lines: Iterator<string> | AsyncIterator<string>) => {
  const source = { taken: 0, isEnded: false }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await lines.next()
        if (done) return controller.close()
        source.taken++
        controller.enqueue(new TextEncoder().encode(value))
      },
      cancel() {
        source.isEnded = true
      },
    },
    { highWaterMark: 0 },
  )
  return { source, body }
}

/** A page with one extension, whose calls are answered with the lines, each call with new ones. */
const open = (component: () => unknown, lines: () => Iterator<string> | AsyncIterator<string>) => {
  const sources: ReturnType<typeof createSource>['source'][] = []
  const fetch = vi.fn(async () => {
    const { source, body } = createSource(lines())
    sources.push(source)
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
  })
  const { callFunction }: SoukClient = createSoukClient({ baseUrl: '/api/souk', fetch })
  const runtimes = createRuntimes({ one: widgetApp(component) })
  const page = mountPage({
    connect: runtimes.connect,
    registry: standardRegistry,
    extensions: [installed('one')],
    client: { callFunction },
  })
  const shows = (text: string) => expect.poll(() => page.container.textContent).toContain(text)
  const press = (label: string) =>
    [...page.container.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click()
  return { ...page, sources, shows, press, fetch }
}

function* upTo(last: number, end = END) {
  for (let value = 1; value <= last; value++) yield part(value)
  yield end
}

/** Parts, and then nothing for as long as somebody reads. */
async function* silentAfter(last: number) {
  for (let value = 1; value <= last; value++) yield part(value)
  await new Promise(() => {})
}

const Live = () => {
  const { parts, isDone, error } = client.useStream(count as () => AsyncIterable<unknown>)
  const failure = error instanceof client.ConflictError ? `conflict: ${error.message}` : String(error ?? 'none')
  return h(client.Text, {}, `[${parts.join(' ')}] ${isDone ? 'done' : 'open'}, error ${failure}`)
}

/** Loops over the call until `until` parts came, and says how it ended. */
const loop = async (until: number, tell: (text: string) => void) => {
  const values: unknown[] = []
  try {
    for await (const value of count()) {
      values.push(value)
      if (values.length === until) break
    }
    tell(`looped ${values.join(' ')}`)
  } catch (error) {
    tell(`looped ${values.join(' ')} until ${error instanceof client.ConflictError ? 'conflict' : String(error)}`)
  }
}

const Looping = ({ until }: { readonly until: number }) => {
  const [text, setText] = useState('')
  useEffect(() => void loop(until, setText), [until])
  return h(client.Text, {}, text)
}

const Slow = () => {
  const [shown, setShown] = useState(0)
  const [parts] = useState(() => count()[Symbol.asyncIterator]())
  const next = async () => {
    await parts.next()
    setShown((before) => before + 1)
  }
  return [
    h(client.Button, { key: 'next', label: 'Next', onPress: next }),
    h(client.Text, { key: 'shown' }, `shown ${shown}`),
  ]
}

const Five = () => {
  const [codes, setCodes] = useState<readonly string[]>([])
  useEffect(() => {
    for (let index = 0; index < 5; index++)
      void (async () => {
        for await (const _ of count()) setCodes((before) => [...before, 'part'])
      })().catch(({ code }) => setCodes((before) => [...before, String(code)]))
  }, [])
  return h(client.Text, {}, [...codes].sort().join(' '))
}

const Cached = () => {
  // Its types refuse it too.
  client.useAsyncCache(count as unknown as () => Promise<unknown>)
  return null
}
class Boundary extends sdkReact.Component<{ readonly children?: unknown }, { readonly code: string }> {
  override state = { code: '' }
  static getDerivedStateFromError = ({ code }: { readonly code: string }) => ({ code })
  override render() {
    return this.state.code ? h(client.Text, {}, this.state.code) : (this.props.children as null)
  }
}
const Refused = () => h(Boundary, {}, h(Suspense, { fallback: h(client.Text, {}, 'waiting') }, h(Cached)))

test('the parts of a function arrive in useStream', async () => {
  const { shows, unmount } = open(Live, () => upTo(3))
  await shows('[1 2 3] done, error none')
  unmount()
})

test('parts are drawn while the function still works', async () => {
  const { shows, sources, unmount } = open(Live, () => silentAfter(2))
  await shows('[1 2] open')
  expect(sources[0]?.isEnded).toBe(false)
  unmount()
})

test('a loop gets every part', async () => {
  const { shows, unmount } = open(
    () => h(Looping, { until: 100 }),
    () => upTo(4),
  )
  await shows('looped 1 2 3 4')
  unmount()
})

test('leaving the loop ends the connection to the server', async () => {
  const { shows, sources, unmount } = open(
    () => h(Looping, { until: 2 }),
    () => silentAfter(3),
  )
  await shows('looped 1 2')
  await expect.poll(() => sources.map(({ isEnded }) => isEnded)).toEqual([true])
  unmount()
})

test('closing the surface ends it, also while nothing comes', async () => {
  const { shows, sources, show, unmount } = open(Live, () => silentAfter(1))
  await shows('[1] open')
  show(false)
  await expect.poll(() => sources.map(({ isEnded }) => isEnded)).toEqual([true])
  unmount()
})

test('an error midway arrives as its class, after the parts before it', async () => {
  const lines = () => upTo(2, `${JSON.stringify({ error: PROBLEM })}\n`)
  const live = open(Live, lines)
  await live.shows('[1 2] done, error conflict: Somebody was faster.')
  live.unmount()
  const looping = open(() => h(Looping, { until: 100 }), lines)
  await looping.shows('looped 1 2 until conflict')
  looping.unmount()
})

test('who reads slowly holds the server back', async () => {
  const text = 'x'.repeat(16 * 1024)
  function* endless() {
    for (;;) yield part(text)
  }
  const { shows, press, sources, unmount } = open(Slow, endless)
  await shows('shown 0')
  for (let shown = 1; shown <= 3; shown++) {
    press('Next')
    await shows(`shown ${shown}`)
  }
  // Time for a source that nobody holds back: each turn it would give another part.
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  // 64 K characters wait in the client, at most 128 K are on the bridge.
  expect(sources[0]?.taken).toBeGreaterThanOrEqual(3)
  expect(sources[0]?.taken).toBeLessThan(20)
  unmount()
})

test('a fifth stream at a time is refused, and its connection ended', async () => {
  const { shows, sources, unmount } = open(Five, () => silentAfter(1))
  await shows('LIMIT_EXCEEDED part part part part')
  expect(sources.map(({ isEnded }) => isEnded).filter(Boolean)).toHaveLength(1)
  unmount()
})

test('useAsyncCache refuses a function that streams, and ends it', async () => {
  const { shows, sources, unmount } = open(Refused, () => silentAfter(1))
  await shows('INVALID_INPUT')
  await expect.poll(() => sources.every(({ isEnded }) => isEnded)).toBe(true)
  unmount()
})
