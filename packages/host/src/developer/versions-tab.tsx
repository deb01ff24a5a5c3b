import { listDeployments } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { Loaded } from '../marketplace/loaded'
import { ShowMore } from '../marketplace/show-more'
import { useFormat } from '../marketplace/use-format'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { StatusBadges } from './status-badge'
import { useMessages } from './use-messages'

/** Every version of an app, the newest first. */
export const VersionsTab = ({ slug }: { readonly slug: string }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Card, EmptyState, List, ListItem } = registry.components
  const { go } = useDeveloper()
  const format = useFormat()
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.request(listDeployments, { params: { slug }, query: { cursor } }), [client, slug]),
  )
  return (
    <Loaded load={result}>
      {({ items, hasMore }) =>
        items.length === 0 ? (
          <EmptyState title={messages.noVersions} description={messages.noVersionsDescription} />
        ) : (
          <Card>
            <List label={messages.appTabs.versions}>
              {items.map((deployment) => (
                <ListItem
                  key={deployment.id}
                  title={deployment.version}
                  description={
                    deployment.publishedAt
                      ? messages.publishedOn(format.date(deployment.publishedAt))
                      : messages.deployedOn(format.date(deployment.createdAt))
                  }
                  trailing={<StatusBadges deployment={deployment} />}
                  onPress={() => go({ name: 'version', slug, id: deployment.id })}
                />
              ))}
            </List>
            {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
          </Card>
        )
      }
    </Loaded>
  )
}
