import {
  Badge,
  EmptyState,
  List,
  ListItem,
  Stack,
  Text,
  useAsyncCache,
  useHostContext,
  useSettings,
} from '@souk/extension-sdk/client'
import { useState } from 'react'
import type { settings } from '../app.settings'
import { formatDate, formatMoney, STATUS_LABELS, STATUS_TONES, sortOrders } from '../format'
import { findOrders } from '../orders.server'
import { OrderDetails } from './order-details'

/** The orders that match, as a list; or one of them, whole. */
export const OrderResults = ({ query }: { readonly query: string }) => {
  const { locale, timeZone } = useHostContext()
  const { organization } = useSettings<typeof settings>()
  const found = useAsyncCache(findOrders, { query })
  const [openId, setOpenId] = useState<string>()

  const open = found.find((order) => order.id === openId)
  if (open) return <OrderDetails order={open} onBack={() => setOpenId(undefined)} />
  if (found.length === 0)
    return <EmptyState title="No orders found" description={`Nothing at Northwind matches “${query}”.`} />

  return (
    <Stack gap="small">
      <Text size="small" tone="muted">
        {found.length === 1 ? '1 order' : `${found.length} orders`}
      </Text>
      <List label="Orders">
        {sortOrders(found, organization.showFirst).map((order) => (
          <ListItem
            key={order.id}
            title={order.id}
            description={`${formatDate(order.placedAt, locale, timeZone)} · ${formatMoney(order.totalCents, order.currency, locale)}`}
            trailing={<Badge tone={STATUS_TONES[order.status]}>{STATUS_LABELS[order.status]}</Badge>}
            onPress={() => setOpenId(order.id)}
          />
        ))}
      </List>
    </Stack>
  )
}
