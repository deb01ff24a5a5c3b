import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { shopStep } from '../src/app'
import { fieldsOf, RESOURCES } from '../src/resources'
import * as server from '../src/run.server'

const start = async () => {
  const service = createService()
  const harness = await createServerHarness({
    functions: server,
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.stallholder.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, ...harness }
}

test('500 fields of 12 resources: a panel shows those that fit, and typing keeps the focus', async () => {
  expect(RESOURCES.flatMap(fieldsOf).length).toBeGreaterThanOrEqual(500)
  const { service, functions } = await start()
  const view = await createRenderer(shopStep, { serverFunctions: { 'src/run.server.ts#default': functions.default } })
  expect(view.queryByLabelText('Title')).toBeNull()
  await view.user.selectOptions(await view.findByLabelText('Resource'), 'Gift card')
  await view.user.selectOptions(view.getByLabelText('Operation'), 'create')
  const title = await view.findByLabelText('Title')
  await view.user.type(title, 'For a friend')
  expect(document.activeElement).toBe(title)
  expect(view.queryByLabelText('Street')).toBeNull()
  await view.user.click(view.getByLabelText('Express'))
  await view.user.type(await view.findByLabelText('Street'), 'Mill Lane')
  const values = view.values()
  expect(values).toEqual({
    resource: 'Gift card',
    operation: 'create',
    gift_card_title: 'For a friend',
    gift_card_express: true,
    gift_card_street: 'Mill Lane',
  })
  // What was filled in for another resource stays here.
  expect(await view.run({ ...values, order_title: 'x' })).toEqual({ id: 'gift-card-1' })
  expect([...service.things.values()]).toEqual([{ title: 'For a friend', express: true, street: 'Mill Lane' }])
  await view.unmount()
})

test.each([
  [{}, { fields: { resource: expect.any(String) } }],
  [{ resource: 'Product', operation: 'explode' }, { fields: { operation: expect.any(String) } }],
  [{ resource: 'Product', operation: 'create' }, { fields: { product_title: 'A product needs a title.' } }],
])('refuses %j at its field', async (input, expected) => {
  const { functions } = await start()
  await expect(functions.default(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', ...expected })
})
