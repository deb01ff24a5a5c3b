import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { expect, onTestFinished, test } from 'vitest'
import { greetingWidget, sayHello } from '../src/app'
import * as server from '../src/greet.server'

const context = { recordType: 'ticket', recordId: 'T-1' }

test('the widget says what the server answers, with the greeting of the settings', async () => {
  const harness = await createServerHarness({ functions: server })
  onTestFinished(() => harness.close())
  const view = await createRenderer(greetingWidget, {
    context,
    settings: { organization: { greeting: 'Good morning' } },
    serverFunctions: harness.functions,
  })
  await view.user.click(view.getByRole('button', { name: 'Say hello (0)' }))
  await view.findByText('Good morning, T-1!')
  view.getByRole('button', { name: 'Say hello (1)' })
  expect(view.host.errors).toEqual([])
  await view.unmount()
})

test('the action greets the record it is started on', async () => {
  const view = await createRenderer(sayHello, { context })
  await view.trigger()
  expect(view.host.toasts).toMatchObject([{ title: 'Hello, T-1' }])
  await view.unmount()
})
