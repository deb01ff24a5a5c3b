import {
  Badge,
  Button,
  DescriptionList,
  Heading,
  Inline,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Text,
  useHostContext,
  useSettings,
} from '@souk/extension-sdk/client'
import { refundOrder } from '../actions/refund-order'
import type { settings } from '../app.settings'
import { Deadline } from '../fernhill-components.generated'
import { formatDate, formatMoney, returnableUntil, STATUS_LABELS, STATUS_TONES } from '../format'
import type { Order } from '../order'

export interface OrderDetailsProps {
  readonly order: Order
  readonly onBack: () => void
}

/** One order with its items, and what is left to refund. */
export const OrderDetails = ({ order, onBack }: OrderDetailsProps) => {
  const { locale, timeZone } = useHostContext()
  const { organization } = useSettings<typeof settings>()
  const money = (cents: number) => formatMoney(cents, order.currency, locale)
  const left = order.totalCents - order.refundedCents

  return (
    <Stack gap="medium">
      <Inline justify="between" align="center">
        <Heading level="3">{order.id}</Heading>
        <Badge tone={STATUS_TONES[order.status]}>{STATUS_LABELS[order.status]}</Badge>
      </Inline>
      <Text size="small" tone="muted">
        {order.customer.name}, {order.customer.email}
      </Text>
      {order.status === 'refunded' ? null : (
        <Deadline label="Return window closes" at={returnableUntil(order.placedAt)} />
      )}
      <DescriptionList
        items={[
          { label: 'Ordered', value: formatDate(order.placedAt, locale, timeZone) },
          ...(organization.showTracking ? [{ label: 'Tracking', value: order.tracking ?? 'Not shipped yet' }] : []),
          { label: 'Total', value: money(order.totalCents) },
          ...(order.refundedCents > 0 ? [{ label: 'Refunded', value: money(order.refundedCents) }] : []),
        ]}
      />
      <Table label={`Items of ${order.id}`}>
        <TableHead>
          <TableRow>
            <TableCell header>Item</TableCell>
            <TableCell header align="end">
              Price
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {order.items.map((item) => (
            <TableRow key={item.sku}>
              <TableCell>
                {item.quantity} × {item.name}
              </TableCell>
              <TableCell align="end">{money(item.quantity * item.priceCents)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Inline gap="small">
        <Button size="small" onPress={onBack}>
          Back to all orders
        </Button>
        <Button size="small" variant="quiet" disabled={left <= 0} onPress={() => refundOrder(order.id)}>
          Refund
        </Button>
      </Inline>
    </Stack>
  )
}
