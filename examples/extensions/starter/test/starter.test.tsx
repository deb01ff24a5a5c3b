import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { expect, onTestFinished, test } from 'vitest'
import { app } from '../src/app'
import * as server from '../src/greet.server'

test('greets whoever presses the button, with the signature of the settings', async () => {
  const harness = await createServerHarness({ functions: server, user: { id: 'u1', name: 'Ada' } })
  onTestFinished(() => harness.close())
  const [widget] = app.record?.widgets ?? []
  if (!widget) throw new Error('The app has no widget.')
  const view = await createRenderer(widget, {
    context: { recordType: 'ticket', recordId: 'T-7' },
    settings: { organization: { signature: 'Fernhill' } },
    serverFunctions: harness.functions,
  })
  await view.user.click(await view.findByRole('button', { name: 'Greet' }))
  await view.findByText('Hello Ada, about T-7. Fernhill')
  expect(view.host.errors).toEqual([])
  await view.unmount()
})
