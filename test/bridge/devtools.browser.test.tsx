import { standardRegistry } from '@souk/host/components'
import { createDevtools, DevtoolsPanel } from '@souk/host/devtools'
import { replaySession } from '@souk/host/testing'
import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { page as browser, userEvent } from 'vitest/browser'
import { createRuntimes, installed, mountPage } from './support/page'
import { createSessionApp } from './support/session-app'

/** Text of a file that the panel hands to the browser to save. */
const savedFile = () => {
  const create = URL.createObjectURL
  return new Promise<string>((resolve) => {
    URL.createObjectURL = (file) => {
      URL.createObjectURL = create
      if (file instanceof Blob) void file.text().then(resolve)
      return create(file)
    }
    // It is read here instead of being saved.
    document.addEventListener('click', (event) => event.preventDefault(), { once: true })
  })
}

test('the panel watches a running extension, and what it records replays as a test', async () => {
  const runtimes = createRuntimes({ one: createSessionApp() })
  const devtools = createDevtools({ connect: runtimes.connect, onDiagnostic: () => undefined })
  const product = mountPage({
    connect: devtools.connect,
    onDiagnostic: devtools.report,
    registry: standardRegistry,
    extensions: [installed('one')],
    client: { callFunction: async () => ({ result: '"Hello"', traceId: 'trace', durationMs: 1 }) },
  })
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(h(DevtoolsPanel, { devtools }))

  await browser.getByLabelText('Name').fill('ada')
  await browser.getByRole('button', { name: 'Greet' }).click()
  await expect.element(browser.getByText('answered Hello')).toBeVisible()

  const bridge = browser.getByRole('list', { name: 'Bridge' })
  await expect.element(bridge.getByText('event-handler-call', { exact: true }).first()).toBeVisible()
  await expect.element(bridge.getByText(/run-server-function-result.* ms/).first()).toBeVisible()

  await browser.getByRole('tab', { name: 'Traffic' }).click()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(browser.getByRole('tabpanel').getByText('label="Name"')).toBeVisible()

  await userEvent.keyboard('{ArrowRight}')
  const saved = savedFile()
  await browser.getByRole('button', { name: 'Record one' }).click()
  const recording = await saved

  root.unmount()
  product.unmount()
  document.body.replaceChildren()

  const replay = await replaySession(recording, { registry: standardRegistry })
  expect(replay.problems).toEqual([])
  expect(replay.shown.at(-1)).toContain('answered Hello')
})
