import type { Installation } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { BackLink } from './back-link'
import { ConnectionsTab } from './connections-tab'
import { HistoryTab } from './history-tab'
import { InstallationBadges } from './installed'
import { Loaded } from './loaded'
import { ManageTab } from './manage-tab'
import { useMarketplace } from './marketplace-context'
import { PageTab, usePageId } from './page-tab'
import type { InstallationTab } from './route'
import { ScreenTitle } from './screen-title'
import { SettingsTab } from './settings-tab'
import { Tabs } from './tabs'
import { UpdateTab } from './update-tab'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'

interface InstallationScreenProps {
  readonly id: string
  readonly tab: InstallationTab
}

/** One installed app: its settings, updates, history, and the way out. */
export const InstallationScreen = ({ id, tab }: InstallationScreenProps) => {
  const messages = useMessages()
  const { client } = useSouk()
  const { go } = useMarketplace()
  const installation = useLoad(useCallback(() => client.installation(id), [client, id]))
  return (
    <>
      <BackLink label={messages.backToInstalled} onPress={() => go({ name: 'installed' })} />
      <Loaded load={installation}>{(loaded) => <Screen installation={loaded} tab={tab} />}</Loaded>
    </>
  )
}

const ACTIVE_TABS: readonly InstallationTab[] = ['settings', 'connections', 'update', 'history', 'manage']
const tabsOf = (isActive: boolean, pageId: string | undefined): readonly InstallationTab[] =>
  !isActive ? ['history'] : pageId === undefined ? ACTIVE_TABS : ['page', ...ACTIVE_TABS]

const Screen = ({ installation, tab }: { readonly installation: Installation; readonly tab: InstallationTab }) => {
  const messages = useMessages()
  const { go } = useMarketplace()
  const isActive = installation.status === 'active'
  const pageId = usePageId(installation.id)
  const tabs = tabsOf(isActive, pageId)
  const current = tabs.find((id) => id === tab) ?? (isActive ? 'settings' : 'history')
  return (
    <>
      <Header installation={installation} />
      <Tabs
        label={messages.installationSections}
        tabs={tabs.map((id) => ({ id, label: messages.tabs[id] }))}
        current={current}
        onChange={(next) => go({ name: 'installation', id: installation.id, tab: next })}
      />
      <div className="souk-marketplace-section souk-marketplace-narrow">
        <h2 className="souk-marketplace-hidden">{messages.tabs[current]}</h2>
        {isActive ? null : <Uninstalled />}
        <Tab installation={installation} tab={current} pageId={pageId} />
      </div>
    </>
  )
}

const Header = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { Avatar, Button, Inline, Stack, Text } = useSouk().registry.components
  const { go } = useMarketplace()
  const { app, version } = installation
  return (
    <header className="souk-marketplace-hero">
      <Avatar name={app.title} src={app.avatarUrl ?? undefined} size="large" />
      <Stack gap="small">
        <Stack gap="none">
          <ScreenTitle>{app.title}</ScreenTitle>
          <Text tone="muted">{`${messages.version} ${version} · ${messages.by(app.developer.title)}`}</Text>
        </Stack>
        <Inline>
          <InstallationBadges installation={installation} />
        </Inline>
      </Stack>
      <Button onPress={() => go({ name: 'app', slug: app.slug })}>{messages.openListing}</Button>
    </header>
  )
}

const Uninstalled = () => {
  const messages = useMessages()
  const { Alert } = useSouk().registry.components
  return (
    <div className="souk-marketplace-notice">
      <Alert tone="neutral" title={messages.uninstalledNotice}>
        {messages.uninstalledNoticeDescription}
      </Alert>
    </div>
  )
}

interface TabProps {
  readonly installation: Installation
  readonly tab: InstallationTab
  readonly pageId: string | undefined
}

const Tab = ({ installation, tab, pageId }: TabProps) => {
  switch (tab) {
    case 'page':
      return pageId === undefined ? null : <PageTab appInstallationId={installation.id} id={pageId} />
    case 'settings':
      return <SettingsTab installation={installation} />
    case 'connections':
      return <ConnectionsTab installation={installation} />
    case 'update':
      return <UpdateTab installation={installation} />
    case 'history':
      return <HistoryTab installationId={installation.id} />
    case 'manage':
      return <ManageTab installation={installation} />
  }
}
