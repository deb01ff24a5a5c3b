// @vitest-environment jsdom
// biome-ignore-all lint/correctness/noComponentHookFactories: the widget counts into the test that it is in.
import { DEFAULT_LIMITS } from '@souk/extension-sdk/protocol'
import type { Souk } from '@souk/host'
import { afterEach, expect, test } from 'vitest'
import * as client from '../../packages/extension-sdk/src/client'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { createExtensionSession } from '../../packages/host/src/surfaces/extension-session'
import { createOverlays } from '../../packages/host/src/surfaces/overlays'
import { testRegistry } from '../../packages/host/src/testing/test-registry'
import type { TreeStore } from '../../packages/host/src/tree/tree-store'
import { heldBytes } from './support/heap'
import { createRuntimes, hostContext, installed, mountPage, record, widgetApp } from './support/page'
import type { Crossing } from './support/pipe'
import { settle } from './support/settle'

/** A page that is open all day: surfaces come and go, and nothing of them stays. */

afterEach(() => document.body.replaceChildren())

const { createElement: h, useEffect, useState } = sdkReact

/** Without the product's DOM, which takes most of the time and is not ours. */
const CYCLES = Number(process.env.SOUK_CYCLES ?? 10_000)
const PAGE_CYCLES = Number(process.env.SOUK_CYCLES ?? 600)
/** Widgets that left the page stay for a moment; fewer than one frame may have. */
const MAX_PARKED = 40
/** Far below what one widget takes on both sides, which is tens of kilobytes. */
const BYTES_PER_CYCLE = 1_000

/** Keeps count of requests that nobody has answered yet. */
const countPending = () => {
  const pending = new Set<string>()
  return {
    pending,
    onCross({ message }: Crossing) {
      const { kind, requestId } = message as { kind: string; requestId: string }
      if (kind === 'request') pending.add(requestId)
      else if (kind === 'answer' || kind === 'abort') pending.delete(requestId)
    },
  }
}

/** Of one running frame. */
const LISTENERS = 3

const rows = ['a', 'b', 'c', 'd']

/** An extension whose widget has handlers, a slot, rows that turn around, and an effect that is counted. */
const setup = () => {
  const count = { alive: 0, mounts: 0 }
  const Widget = () => {
    const [order, setOrder] = useState(rows)
    useEffect(() => {
      count.alive++
      count.mounts++
      return () => void count.alive--
    }, [])
    return h(
      client.Card,
      { title: 'Rows', actions: h(client.Button, { label: 'turn', onPress: () => setOrder([...order].reverse()) }) },
      order.map((row) => h(client.Text, { key: row }, row)),
    )
  }
  const { pending, onCross } = countPending()
  return { count, pending, runtimes: createRuntimes({ one: widgetApp(Widget) }, onCross) }
}

const until = async (check: () => boolean) => {
  const deadline = performance.now() + 20_000
  while (!check()) {
    if (performance.now() > deadline) throw new Error('It never came.')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Runs the cycle that often, and returns how many bytes more each has left behind once everything was warm. */
const growth = async (cycles: number, cycle: () => Promise<void>, rest: () => Promise<void>): Promise<number> => {
  const warmUp = cycles / 2
  let warm = 0
  for (let index = 1; index <= cycles; index++) {
    await cycle()
    if (index !== warmUp) continue
    await rest()
    warm = await heldBytes()
  }
  await rest()
  return ((await heldBytes()) - warm) / (cycles - warmUp)
}

test('10,000 mounts, updates and unmounts leave no handler, no request and no memory, on either side', async () => {
  const { count, pending, runtimes } = setup()
  const overlays = createOverlays()
  const diagnostics: unknown[] = []
  const session = createExtensionSession({
    extension: installed('one'),
    // Only what a session reads of it.
    getSouk: () => ({ registry: testRegistry, context: hostContext, services: {} }) as unknown as Souk,
    connect: runtimes.connect,
    // No relay stands between, and years of use pass in seconds.
    limits: { ...DEFAULT_LIMITS, messagesPerSecond: 1_000_000 },
    overlays,
    report: (diagnostic) => diagnostics.push(diagnostic),
    hold: () => () => {},
  })
  const textOf = (store: TreeStore, id: number): string => {
    const view = store.view(id)
    return view?.kind === 'text' ? view.text : (view?.children ?? []).map((child) => textOf(store, child)).join('')
  }
  const buttonIn = (store: TreeStore) => {
    for (let id = 1; id < 30; id++) {
      const view = store.view(id)
      if (view?.kind === 'element' && view.registered.name === 'Button') return id
    }
    throw new Error('There is no button.')
  }

  const cycle = async () => {
    const { store, close } = session.draw({ kind: 'record.widgets', surfaceId: 'main', context: record })
    await until(() => textOf(store, 0) === 'abcd')
    const button = buttonIn(store)
    const press = store.handler(button, 'onPress')
    void press()
    await until(() => textOf(store, 0) === 'dcba')
    close()
    expect(store.view(button)).toBeUndefined()
    await until(() => count.alive === 0)
  }
  const bytes = await growth(CYCLES, cycle, () => settle(runtimes.sent))

  expect(count).toEqual({ alive: 0, mounts: CYCLES })
  expect([...pending]).toEqual([])
  // One frame served them all, with the listeners of one: a channel at each end of its port, and the host's meter.
  expect(runtimes.listeners()).toBe(LISTENERS)
  expect(diagnostics).toEqual([])
  expect(bytes).toBeLessThan(BYTES_PER_CYCLE)
  session.dispose()
  await until(() => runtimes.listeners() === 0)
  overlays.dispose()
}, 240_000)

test('mounts, updates and unmounts in a page leave nothing behind in the page', async () => {
  const { count, pending, runtimes } = setup()
  const page = mountPage({ connect: runtimes.connect, registry: testRegistry, extensions: [installed('one')] })
  const { container } = page
  page.show(false)
  await settle(runtimes.sent)

  let visits = 0
  const cycle = async () => {
    // Of another record, because a widget that comes back in a moment has only moved, and is the same.
    page.show(true, String(++visits))
    await until(() => container.querySelector('button') !== null)
    container.querySelector('button')?.click()
    await until(() => container.querySelector('span')?.textContent === 'd')
    page.show(false)
    await until(() => container.querySelector('button') === null && count.alive < MAX_PARKED)
  }
  const rest = async () => {
    await until(() => count.alive === 0)
    await settle(runtimes.sent)
  }
  const bytes = await growth(PAGE_CYCLES, cycle, rest)

  await until(() => count.alive === 0 && pending.size === 0)
  expect(runtimes.listeners()).toBe(LISTENERS)
  expect(page.diagnostics).toEqual([])
  // React and the document keep some things until they need the place; a widget that stayed would be far more.
  expect(bytes).toBeLessThan(BYTES_PER_CYCLE * 8)
  page.unmount()
  await until(() => runtimes.listeners() === 0)
}, 240_000)
