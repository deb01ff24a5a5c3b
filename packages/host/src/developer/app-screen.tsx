import { type DeveloperApp, getApp } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { BackLink } from '../marketplace/back-link'
import { Loaded } from '../marketplace/loaded'
import { ScreenTitle } from '../marketplace/screen-title'
import { Tabs } from '../marketplace/tabs'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { AppStateBadges } from './apps-screen'
import { useDeveloper } from './developer-context'
import { ListingTab } from './listing-tab'
import { LogsTab } from './logs-tab'
import type { DeveloperAppTab } from './route'
import { useMessages } from './use-messages'
import { VersionsTab } from './versions-tab'

const TABS: readonly DeveloperAppTab[] = ['versions', 'listing', 'logs']

interface AppScreenProps {
  readonly slug: string
  readonly tab: DeveloperAppTab
}

/** One app of a developer. */
export const AppScreen = ({ slug, tab }: AppScreenProps) => {
  const messages = useMessages()
  const { client } = useSouk()
  const { go } = useDeveloper()
  const app = useLoad(useCallback(() => client.request(getApp, { params: { slug } }), [client, slug]))
  return (
    <>
      <BackLink label={messages.backToApps} onPress={() => go({ name: 'apps' })} />
      <Loaded load={app}>
        {(loaded) => (
          <>
            <Header app={loaded} />
            <Tabs
              label={messages.appSections}
              tabs={TABS.map((id) => ({ id, label: messages.appTabs[id] }))}
              current={tab}
              onChange={(next) => go({ name: 'app', slug, tab: next })}
            />
            <div className="souk-marketplace-section">
              <h2 className="souk-marketplace-hidden">{messages.appTabs[tab]}</h2>
              <Tab app={loaded} tab={tab} />
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}

const Header = ({ app }: { readonly app: DeveloperApp }) => {
  const { Avatar, Stack, Text } = useSouk().registry.components
  return (
    <header className="souk-marketplace-hero">
      <Avatar name={app.title} src={app.avatarUrl ?? undefined} size="large" />
      <Stack gap="small">
        <Stack gap="none">
          <ScreenTitle>{app.title}</ScreenTitle>
          <Text tone="muted">{app.slug}</Text>
        </Stack>
        <AppStateBadges app={app} />
      </Stack>
    </header>
  )
}

const Tab = ({ app, tab }: { readonly app: DeveloperApp; readonly tab: DeveloperAppTab }) => {
  switch (tab) {
    case 'versions':
      return <VersionsTab slug={app.slug} />
    case 'listing':
      return <ListingTab app={app} />
    case 'logs':
      return <LogsTab slug={app.slug} />
  }
}
