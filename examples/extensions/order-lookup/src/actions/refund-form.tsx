import { SdkError } from '@souk/extension-sdk'
import {
  Alert,
  Button,
  Form,
  Inline,
  Input,
  invalidateAsyncCache,
  Select,
  Stack,
  showToast,
  Textarea,
  useHostContext,
} from '@souk/extension-sdk/client'
import { useState } from 'react'
import { formatMoney } from '../format'
import { REFUND_REASONS } from '../order'
import { createRefund, findOrders } from '../orders.server'
import { parseAmount } from '../parse-amount'

export interface RefundFormProps {
  readonly orderId: string
  readonly onDone: () => void
}

const EMPTY = { amount: '', reason: '', note: '' }

/** Order number, amount, reason, note. The server function checks them; its errors stand at their fields. */
export const RefundForm = ({ orderId, onDone }: RefundFormProps) => {
  const { locale } = useHostContext()
  const [values, setValues] = useState({ ...EMPTY, orderId })
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState<string>()
  const [isSending, setSending] = useState(false)
  // Another refund once something changed; the same one when only the answer got lost.
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())

  const change = (key: keyof typeof values) => (value: string) => {
    setValues((before) => ({ ...before, [key]: value }))
    setRequestId(crypto.randomUUID())
  }

  const send = async () => {
    if (isSending) return
    setSending(true)
    setFields({})
    setProblem(undefined)
    try {
      const { orderId, reason, note } = values
      const amountCents = parseAmount(values.amount) ?? 0
      const refund = await createRefund({ orderId, amountCents, reason, note, requestId })
      // Widgets that show the order fetch it anew.
      invalidateAsyncCache(findOrders)
      await showToast({
        title: 'Refund created',
        description: `${formatMoney(refund.amountCents, 'EUR', locale)} goes back to the customer of ${refund.orderId}.`,
        variant: 'success',
      })
      onDone()
    } catch (error) {
      setSending(false)
      setFields((error instanceof SdkError && error.fields) || {})
      setProblem(error instanceof Error ? error.message : 'The refund was not created.')
    }
  }

  return (
    <Form label="Refund" onSubmit={send}>
      <Stack gap="medium">
        {problem && Object.keys(fields).length === 0 ? <Alert tone="danger" title={problem} /> : null}
        <Input
          label="Order number"
          name="orderId"
          required
          placeholder="NW-1042"
          value={values.orderId}
          error={fields.orderId}
          onChange={change('orderId')}
        />
        <Input
          label="Amount in euros"
          name="amount"
          required
          placeholder="12.50"
          value={values.amount}
          error={fields.amountCents}
          onChange={change('amount')}
        />
        <Select
          label="Reason"
          name="reason"
          required
          placeholder="Choose a reason"
          options={REFUND_REASONS}
          value={values.reason}
          error={fields.reason}
          onChange={change('reason')}
        />
        <Textarea
          label="Note"
          name="note"
          rows={3}
          maxLength={500}
          description="For your colleagues; the customer does not see it."
          value={values.note}
          error={fields.note}
          onChange={change('note')}
        />
        <Inline justify="end" gap="small">
          <Button variant="quiet" onPress={onDone}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" loading={isSending}>
            Refund
          </Button>
        </Inline>
      </Stack>
    </Form>
  )
}
