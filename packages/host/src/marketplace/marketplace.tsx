import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useSouk } from '../souk-context'
import { AppDetail } from './app-detail'
import { Browse } from './browse'
import { InstallationScreen } from './installation-screen'
import { Installed } from './installed'
import { Loaded } from './loaded'
import { MarketplaceContext, type MarketplaceState } from './marketplace-context'
import type { MarketplaceRoute } from './route'
import { ScreenRoot } from './screen-root'
import { Tabs } from './tabs'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'
import { useToast } from './use-toast'

export interface MarketplaceProps {
  /** Where the user is, when the product keeps it, such as in its address. Without it, the marketplace keeps it itself. */
  readonly route?: MarketplaceRoute
  readonly onRouteChange?: (route: MarketplaceRoute) => void
  /** Hears the title of the screen that is shown, for the title of the product's page. */
  readonly onTitleChange?: (title: string) => void
}

/** Browse, install, set up, update and uninstall apps, in the product's own components. */
export const Marketplace = ({ route, onRouteChange, onTitleChange }: MarketplaceProps) => {
  const messages = useMessages()
  const { client } = useSouk()
  const [ownRoute, setOwnRoute] = useState<MarketplaceRoute>({ name: 'browse' })
  const current = route ?? ownRoute
  const me = useLoad(useCallback(() => client.me(), [client]))
  const toast = useToast()
  const go = useCallback(
    (next: MarketplaceRoute) => {
      setOwnRoute(next)
      onRouteChange?.(next)
    },
    [onRouteChange],
  )
  return (
    <ScreenRoot screen={screenOf(current)} onTitleChange={onTitleChange}>
      <Tabs
        label={messages.sections}
        tabs={[
          { id: 'browse', label: messages.browse },
          { id: 'installed', label: messages.installed },
        ]}
        current={current.name === 'browse' || current.name === 'app' ? 'browse' : 'installed'}
        onChange={(name: 'browse' | 'installed') => go({ name })}
      />
      <Loaded load={me}>
        {(loaded) => (
          <MarketplaceStateProvider me={loaded} go={go} toast={toast}>
            <Screen route={current} />
          </MarketplaceStateProvider>
        )}
      </Loaded>
    </ScreenRoot>
  )
}

/** The sections of an installed app are one screen. */
const screenOf = (route: MarketplaceRoute): string => {
  switch (route.name) {
    case 'browse':
    case 'installed':
      return route.name
    case 'app':
      return `app ${route.slug}`
    case 'installation':
      return `installation ${route.id}`
  }
}

interface ProviderProps extends Omit<MarketplaceState, 'isAdmin'> {
  readonly children: ReactNode
}

const MarketplaceStateProvider = ({ me, go, toast, children }: ProviderProps) => {
  const state = useMemo(() => ({ me, isAdmin: me.role === 'admin', go, toast }), [me, go, toast])
  return <MarketplaceContext.Provider value={state}>{children}</MarketplaceContext.Provider>
}

const Screen = ({ route }: { readonly route: MarketplaceRoute }) => {
  switch (route.name) {
    case 'browse':
      return <Browse />
    case 'app':
      return <AppDetail key={route.slug} slug={route.slug} />
    case 'installed':
      return <Installed />
    case 'installation':
      return <InstallationScreen key={route.id} id={route.id} tab={route.tab} />
  }
}
