import { type App, defineQuickAction, Workflow } from '@souk/extension-sdk'
import {
  Badge,
  invalidateAsyncCache,
  List,
  ListItem,
  Skeleton,
  Text,
  useAsyncCache,
  useRecord,
} from '@souk/extension-sdk/client'
import { Suspense } from 'react'
import { settings } from './app.settings'
import { listPayments, refund } from './payments.server'

const Payments = () => {
  const { recordId } = useRecord()
  const payments = useAsyncCache(listPayments, recordId)
  if (payments.length === 0) return <Text>No payments.</Text>
  return (
    <List>
      {payments.map(({ id, amount, refunded }) => (
        <ListItem key={id} title={id} description={`${amount} EUR`}>
          {refunded > 0 ? <Badge tone="warning">{`${refunded} EUR refunded`}</Badge> : null}
        </ListItem>
      ))}
    </List>
  )
}

const PaymentsWidget = () => (
  <Suspense fallback={<Skeleton />}>
    <Payments />
  </Suspense>
)

const refundable = async (recordId = '') =>
  (await listPayments(recordId)).find(({ amount, refunded }) => refunded < amount)

export const refundPayment = defineQuickAction({
  id: 'refund-payment',
  label: 'Refund a payment',
  description: 'Gives money back to the card that paid.',
  icon: 'undo',
  schema: {
    inputs: {
      paymentId: Workflow.string({ label: 'Payment' }),
      amount: Workflow.currency({ label: 'Amount', min: 0.01 }),
      reason: Workflow.select({
        label: 'Reason',
        options: [
          { value: 'late', label: 'Came late' },
          { value: 'broken', label: 'Came broken' },
          { value: 'goodwill', label: 'Goodwill' },
        ],
      }),
    },
  },
  shouldShow: async ({ recordId }) => (await refundable(recordId)) !== undefined,
  getDefaults: async ({ recordId }) => {
    const payment = await refundable(recordId)
    return payment ? { paymentId: payment.id, amount: payment.amount - payment.refunded } : {}
  },
  execute: async (input) => {
    const { id } = await refund(input, crypto.randomUUID())
    invalidateAsyncCache(listPayments)
    return { id }
  },
  config: { requiresConfirmation: true, confirmationMessage: 'The money leaves at once and cannot be called back.' },
})

export const app: App = {
  record: { widgets: [{ id: 'payments', label: 'Payments', recordTypes: ['ticket'], component: PaymentsWidget }] },
  quickActions: [refundPayment],
  toolsets: [{ slug: 'payments', name: 'Payments', description: 'What customers paid with Tillbox.' }],
  settings,
}
