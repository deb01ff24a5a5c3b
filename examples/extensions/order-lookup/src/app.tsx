import type { App } from '@souk/extension-sdk'
import { refundOrder } from './actions/refund-order'
import { settings } from './app.settings'
import { OrderLookup } from './widgets/order-lookup'

export const app: App = {
  record: {
    widgets: [
      {
        id: 'order-lookup',
        label: 'Order lookup',
        description: 'Finds the orders of the customer.',
        recordTypes: ['ticket'],
        component: OrderLookup,
      },
    ],
    actions: [
      {
        id: 'refund-order',
        label: 'Refund an order',
        description: 'Gives back all or part of an order.',
        icon: 'undo',
        recordTypes: ['ticket'],
        onTrigger: () => refundOrder(),
      },
    ],
  },
  settings,
}
