import { Button, Form, Input, Skeleton, Stack, Text, useRecord } from '@souk/extension-sdk/client'
import { Suspense, useState } from 'react'
import { lastQuery } from './last-query'
import { OrderErrorBoundary } from './order-error-boundary'
import { OrderResults } from './order-results'

/** The widget beside a ticket: a search field, and what it finds. */
export const OrderLookup = () => {
  const { recordId } = useRecord()
  const [text, setText] = useState(() => lastQuery.of(recordId))
  const [query, setQuery] = useState(() => lastQuery.of(recordId))
  const [error, setError] = useState<string>()

  const search = () => {
    const wanted = text.trim()
    if (wanted.length < 2) return setError('Type at least two characters.')
    setError(undefined)
    lastQuery.remember(recordId, wanted)
    setQuery(wanted)
  }

  return (
    <Stack gap="medium">
      <Form label="Find orders" onSubmit={search}>
        <Stack gap="small">
          <Input
            label="E-mail, name or order number"
            name="query"
            type="search"
            placeholder="NW-1042"
            value={text}
            error={error}
            onChange={setText}
          />
          <Button type="submit" variant="secondary">
            Find orders
          </Button>
        </Stack>
      </Form>
      {query === '' ? (
        <Text tone="muted" size="small">
          Search for the customer of this ticket to see what they ordered.
        </Text>
      ) : (
        <OrderErrorBoundary key={query} query={query}>
          <Suspense fallback={<Skeleton lines={4} />}>
            <OrderResults query={query} />
          </Suspense>
        </OrderErrorBoundary>
      )}
    </Stack>
  )
}
