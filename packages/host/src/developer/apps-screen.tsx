import { type DeveloperApp, listApps } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { Loaded } from '../marketplace/loaded'
import { ScreenHeader } from '../marketplace/screen-header'
import { ShowMore } from '../marketplace/show-more'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { NewAppDialog } from './new-app-dialog'
import { useMessages } from './use-messages'

/** The apps of all accounts of the user. */
export const AppsScreen = () => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, EmptyState, List } = registry.components
  const [isMaking, setMaking] = useState(false)
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.request(listApps, { query: { cursor } }), [client]),
  )
  const newApp = (
    <Button variant="primary" onPress={() => setMaking(true)}>
      {messages.newApp}
    </Button>
  )
  return (
    <>
      <div className="souk-marketplace-head">
        <ScreenHeader title={messages.appsTitle} description={messages.appsDescription} />
        {result.status === 'ready' && result.data.items.length > 0 ? newApp : null}
      </div>
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyState title={messages.noApps} description={messages.noAppsDescription} actions={newApp} />
          ) : (
            <Card>
              <List label={messages.appsTitle}>
                {items.map((app) => (
                  <AppItem key={app.id} app={app} />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </Card>
          )
        }
      </Loaded>
      {isMaking ? <NewAppDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

const AppItem = ({ app }: { readonly app: DeveloperApp }) => {
  const { Avatar, ListItem } = useSouk().registry.components
  const { go } = useDeveloper()
  return (
    <ListItem
      title={app.title}
      description={app.slug}
      leading={<Avatar name={app.title} src={app.avatarUrl ?? undefined} />}
      trailing={<AppStateBadges app={app} />}
      onPress={() => go({ name: 'app', slug: app.slug, tab: 'versions' })}
    />
  )
}

/** What the public sees of an app, and what the platform has decided. */
export const AppStateBadges = ({ app }: { readonly app: DeveloperApp }) => {
  const messages = useMessages()
  const { Badge, Inline } = useSouk().registry.components
  const { publicationStatus, reviewStatus } = app
  return (
    <Inline gap="small">
      <Badge tone={publicationStatus === 'published' ? 'success' : 'neutral'}>{messages[publicationStatus]}</Badge>
      {reviewStatus && reviewStatus !== 'published' ? (
        <Badge tone={reviewStatus === 'rejected' ? 'danger' : 'info'}>{messages.statuses[reviewStatus]}</Badge>
      ) : null}
      {app.verified ? <Badge tone="info">{messages.verified}</Badge> : null}
      {app.autoApprove ? <Badge>{messages.autoApproved}</Badge> : null}
    </Inline>
  )
}
