// biome-ignore-all lint/correctness/noComponentHookFactories: each test makes the versions of the component it is about.
import { useEffect, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { startWithFakeHost } from '../../test/support/fake-host'
import type { App } from '..'
import { Button, Text } from '../client'
import { createDevelopmentTools, refreshRegistry } from './development-tools'

const running: { dispose(): void }[] = []
afterEach(() => {
  for (const host of running.splice(0)) host.dispose()
})

const appOf = (component: () => React.ReactNode): App => ({ record: { widgets: [{ id: 'w', label: 'W', component }] } })

const start = async (app: App, options?: { strictMode: boolean }) => {
  const host = startWithFakeHost(app, {}, createDevelopmentTools(options))
  running.push(host)
  await host.init()
  const context = { recordType: 'ticket', recordId: 't1' }
  await host.send('trigger-surface', { kind: 'record.widgets', surfaceId: 'w', instanceId: 'i1', context })
  const press = () =>
    host.send('event-handler-call', {
      rootId: 'i1',
      handlerId: host.find('i1', 'Button', 'onPress'),
      args: [],
    })
  return { ...host, press }
}

/** What a development bundle does when it runs: it defines the component and registers it. */
const counter = (id: string, label: string, key: string) => {
  const Counter = () => {
    const [count, setCount] = useState(0)
    return <Button onPress={() => setCount(count + 1)}>{`${label} ${count}`}</Button>
  }
  refreshRegistry.register(Counter, id)
  refreshRegistry.sign(Counter, key, false, () => [])
  return Counter
}

test('an edited component draws its new version and keeps its state', async () => {
  const host = await start(appOf(counter('src/a.tsx Counter', 'Pressed', 'useState{[count, setCount](0)}')))
  await host.press()
  await host.press()
  expect(host.draw('i1')).toEqual([['Button', {}, ['Pressed 2']]])
  host.extension.replaceApp(appOf(counter('src/a.tsx Counter', 'Clicked', 'useState{[count, setCount](0)}')))
  await host.send('ping', null)
  expect(host.draw('i1')).toEqual([['Button', {}, ['Clicked 2']]])
  await host.press()
  expect(host.draw('i1')).toEqual([['Button', {}, ['Clicked 3']]])
})

test('a component whose hooks changed is mounted anew', async () => {
  const host = await start(appOf(counter('src/b.tsx Counter', 'Pressed', 'useState{[count, setCount](0)}')))
  await host.press()
  expect(host.draw('i1')).toEqual([['Button', {}, ['Pressed 1']]])
  host.extension.replaceApp(appOf(counter('src/b.tsx Counter', 'Clicked', 'useState{[count, setCount](1)}')))
  await host.send('ping', null)
  expect(host.draw('i1')).toEqual([['Button', {}, ['Clicked 0']]])
})

test('a component deep inside is refreshed where the surface itself did not change', async () => {
  const First = counter('src/c.tsx Counter', 'Pressed', 'useState')
  const Widget = () => <First />
  const app = appOf(Widget)
  const host = await start(app)
  await host.press()
  counter('src/c.tsx Counter', 'Clicked', 'useState')
  host.extension.replaceApp(app)
  await host.send('ping', null)
  expect(host.draw('i1')).toEqual([['Button', {}, ['Clicked 1']]])
})

test('a surface that the next version lacks is closed, and its effects are cleaned up', async () => {
  const cleaned = vi.fn()
  const Widget = () => {
    useEffect(() => cleaned, [])
    return <Text>A</Text>
  }
  const host = await start(appOf(Widget), { strictMode: false })
  host.extension.replaceApp({})
  expect(cleaned).toHaveBeenCalledOnce()
})

test.each([
  [true, 2],
  [false, 1],
])('with strictMode: %s an effect runs %i times when it mounts', async (strictMode, times) => {
  const effect = vi.fn()
  const Widget = () => {
    useEffect(effect, [])
    return <Text>A</Text>
  }
  await start(appOf(Widget), { strictMode })
  await expect.poll(() => effect).toHaveBeenCalledTimes(times)
})
