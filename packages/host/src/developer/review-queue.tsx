import { listReviews } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { Loaded } from '../marketplace/loaded'
import { ScreenHeader } from '../marketplace/screen-header'
import { ShowMore } from '../marketplace/show-more'
import { useFormat } from '../marketplace/use-format'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import { useReview } from './review-context'
import { StatusBadges } from './status-badge'
import { useMessages } from './use-messages'

/** What waits for a review or is in one. */
export const ReviewQueue = () => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Avatar, Card, EmptyState, List, ListItem } = registry.components
  const { go } = useReview()
  const format = useFormat()
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.request(listReviews, { query: { cursor } }), [client]),
  )
  return (
    <>
      <ScreenHeader title={messages.reviewTitle} description={messages.reviewDescription} />
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyState title={messages.reviewEmpty} description={messages.reviewEmptyDescription} />
          ) : (
            <Card>
              <List label={messages.reviewTitle}>
                {items.map(({ app, deployment }) => (
                  <ListItem
                    key={deployment.id}
                    title={messages.versionTitle(app.title, deployment.version)}
                    description={messages.deployedOn(format.dateTime(deployment.createdAt))}
                    leading={<Avatar name={app.title} src={app.avatarUrl ?? undefined} />}
                    trailing={<StatusBadges deployment={deployment} />}
                    onPress={() => go({ name: 'submission', id: deployment.id })}
                  />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </Card>
          )
        }
      </Loaded>
    </>
  )
}
