// biome-ignore-all lint/correctness/noComponentHookFactories: the widget hands its setter to the test that it is in.
import { afterEach, expect, test } from 'vitest'
import * as client from '../../packages/extension-sdk/src/client'
import { sdkReact } from '../../packages/extension-sdk/test/support/sdk-react'
import { testRegistry } from '../../packages/host/src/testing/test-registry'
import { createRuntimes, installed, mountPage, widgetApp } from './support/page'
import { settle } from './support/settle'

afterEach(() => document.body.replaceChildren())

test('a widget that has nothing to show shows nothing, and may show something later', async () => {
  let show = (_text: string) => {}
  const Widget = () => {
    const [text, setText] = sdkReact.useState('')
    show = setText
    return text ? sdkReact.createElement(client.Text, {}, text) : null
  }
  const runtimes = createRuntimes({ one: widgetApp(Widget) })
  const page = mountPage({ connect: runtimes.connect, registry: testRegistry, extensions: [installed('one')] })
  await settle(runtimes.sent)
  expect(page.widget('one').querySelector('[role=status]')).toBeNull()
  expect(page.widget('one').textContent).toBe('')
  show('now')
  await settle(runtimes.sent)
  expect(page.widget('one').textContent).toBe('now')
  page.unmount()
})
