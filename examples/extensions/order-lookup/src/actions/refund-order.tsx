import { type DialogProps, showDialog } from '@souk/extension-sdk/client'
import { RefundForm } from './refund-form'

/** Opens the refund dialog, empty or for one order. */
export const refundOrder = (orderId = '') =>
  showDialog({
    title: 'Refund an order',
    size: 'small',
    Dialog: ({ close }: DialogProps) => <RefundForm orderId={orderId} onDone={close} />,
  })
