import type { Installation } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { usePageId } from './page-tab'
import { ScreenHeader } from './screen-header'
import { ShowMore } from './show-more'
import { useFormat } from './use-format'
import { useMessages } from './use-messages'
import { usePages } from './use-pages'

/** What runs in the organization, and what once did. */
export const Installed = () => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, EmptyState, List } = registry.components
  const { go } = useMarketplace()
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.installations({ cursor }), [client]),
  )
  return (
    <>
      <ScreenHeader title={messages.installedTitle} description={messages.installedDescription} />
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyState
              title={messages.nothingInstalled}
              description={messages.nothingInstalledDescription}
              actions={
                <Button variant="primary" onPress={() => go({ name: 'browse' })}>
                  {messages.browseApps}
                </Button>
              }
            />
          ) : (
            <Card>
              <List label={messages.installedTitle}>
                {[...items].sort(activeFirst).map((installation) => (
                  <InstalledItem key={installation.id} installation={installation} />
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

const activeFirst = (a: Installation, b: Installation) =>
  a.status === b.status ? a.app.title.localeCompare(b.app.title) : a.status === 'active' ? -1 : 1

const InstalledItem = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { Avatar, ListItem } = useSouk().registry.components
  const { go } = useMarketplace()
  const format = useFormat()
  const { app, id, version, update, status } = installation
  const isActive = status === 'active'
  const hasPage = usePageId(id) !== undefined && !installation.needsConfiguration
  const tab = !isActive ? 'history' : update ? 'update' : hasPage ? 'page' : 'settings'
  const since =
    isActive || !installation.uninstalledAt
      ? messages.installedOn(format.date(installation.installedAt))
      : messages.uninstalledOn(format.date(installation.uninstalledAt))
  return (
    <ListItem
      title={app.title}
      description={`${version} · ${app.developer.title} · ${since}`}
      leading={<Avatar name={app.title} src={app.avatarUrl ?? undefined} />}
      trailing={<InstallationBadges installation={installation} />}
      onPress={() => go({ name: 'installation', id, tab })}
    />
  )
}

/** What needs the admin's attention. */
export const InstallationBadges = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { Badge, Inline } = useSouk().registry.components
  if (installation.status === 'uninstalled') return <Badge>{messages.uninstalledBadge}</Badge>
  return (
    <Inline>
      {installation.needsConfiguration ? <Badge tone="warning">{messages.configureBadge}</Badge> : null}
      {installation.update ? <Badge tone="info">{messages.updateBadge}</Badge> : null}
    </Inline>
  )
}
