import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { within } from '@testing-library/dom'
import { http } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { app, refundPayment } from '../src/app'
import * as server from '../src/payments.server'
import * as tools from '../src/payments.tool'

const start = async () => {
  const service = createService()
  const harness = await createServerHarness({
    functions: { ...server, ...tools },
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.tillbox.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, ...harness }
}

const context = { recordType: 'ticket', recordId: 'T-1' }

test('a refund is offered where it fits, prefilled, confirmed, refused at its field and paid once', async () => {
  const { service, functions } = await start()
  const elsewhere = await createRenderer(refundPayment, { context: { recordId: 'T-9' }, serverFunctions: functions })
  expect(await elsewhere.shouldShow()).toBe(false)
  await elsewhere.unmount()

  const view = await createRenderer(refundPayment, { context, serverFunctions: functions })
  expect(await view.shouldShow()).toBe(true)
  const answer = async (name: string) => {
    const question = await view.findByRole('alertdialog')
    await view.user.click(within(question).getByRole('button', { name }))
  }
  const done = view.trigger()
  const amount = await view.findByLabelText('Amount')
  expect(view.getByLabelText('Payment')).toHaveProperty('value', 'pay-1')
  expect(amount).toHaveProperty('value', '40')
  await view.user.selectOptions(view.getByLabelText('Reason'), 'Came broken')
  await view.user.clear(amount)
  await view.user.type(amount, '99')
  const submit = view.getByRole('button', { name: 'Refund a payment' })
  await view.user.click(submit)
  await answer('Cancel')
  expect(service.payments[0]?.refunded).toBe(0)
  await view.findByRole('button', { name: 'Refund a payment', busy: false })
  await view.user.click(submit)
  await answer('Refund a payment')
  await view.findByText('At most 40 are left.')
  await view.user.clear(amount)
  await view.user.type(amount, '10')
  await view.user.dblClick(submit)
  await answer('Refund a payment')
  await done
  expect(service.payments[0]?.refunded).toBe(10)
  await view.unmount()
})

test('the widget shows payments and what was given back', async () => {
  const { functions } = await start()
  const [widget] = app.record?.widgets ?? []
  if (!widget) throw new Error('The app has no widget.')
  const view = await createRenderer(widget, { context, serverFunctions: functions })
  await view.findByText('pay-1')
  await view.findByText('15 EUR refunded')
  await view.unmount()
})

test('the same wish is paid once, and what is gone is a conflict', async () => {
  const { service, functions } = await start()
  const wish = { paymentId: 'pay-1', amount: 5, reason: 'late' } as const
  expect(await functions.refund(wish, 'r-1')).toEqual(await functions.refund(wish, 'r-1'))
  expect(service.payments[0]?.refunded).toBe(5)
  await expect(functions.refund({ ...wish, paymentId: 'pay-2' }, 'r-2')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(functions.refund({ ...wish, amount: -1 }, 'r-3')).rejects.toMatchObject({
    fields: { amount: expect.any(String) },
  })
})

test('an agent finds what was paid, and is refused what it does not say', async () => {
  const { functions } = await start()
  expect(await functions.findPayments({ ticketId: 'T-1' })).toEqual({
    payments: [
      { id: 'pay-1', amount: 40, refunded: 0 },
      { id: 'pay-2', amount: 15, refunded: 15 },
    ],
    refundable: 40,
  })
  await expect(functions.findPayments({ ticketId: '' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})
