import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { Loaded } from '../marketplace/loaded'
import { ScreenRoot } from '../marketplace/screen-root'
import { Tabs } from '../marketplace/tabs'
import { useLoad } from '../marketplace/use-load'
import { useToast } from '../marketplace/use-toast'
import { useSouk } from '../souk-context'
import { AccountScreen } from './account-screen'
import { AccountsScreen } from './accounts-screen'
import { AppScreen } from './app-screen'
import { AppsScreen } from './apps-screen'
import { DeveloperContext, type DeveloperState } from './developer-context'
import { InvitationScreen } from './invitation-screen'
import type { DeveloperRoute } from './route'
import { useMessages } from './use-messages'
import { VersionScreen } from './version-screen'

export interface DeveloperPortalProps {
  /** Where the user is, when the product keeps it, such as in its address. Without it, the screens keep it themselves. */
  readonly route?: DeveloperRoute
  readonly onRouteChange?: (route: DeveloperRoute) => void
  /** Hears the title of the screen that is shown, for the title of the product's page. */
  readonly onTitleChange?: (title: string) => void
}

/** Where developers look after their apps: versions, publish checks, rollouts, logs, the listing, their team and its keys. */
export const DeveloperPortal = ({ route, onRouteChange, onTitleChange }: DeveloperPortalProps) => {
  const messages = useMessages()
  const { client } = useSouk()
  const [ownRoute, setOwnRoute] = useState<DeveloperRoute>({ name: 'apps' })
  const current = route ?? ownRoute
  const me = useLoad(useCallback(() => client.me(), [client]))
  const toast = useToast()
  const go = useCallback(
    (next: DeveloperRoute) => {
      setOwnRoute(next)
      onRouteChange?.(next)
    },
    [onRouteChange],
  )
  const inApps = current.name === 'apps' || current.name === 'app' || current.name === 'version'
  return (
    <ScreenRoot screen={screenOf(current)} onTitleChange={onTitleChange}>
      <Tabs
        label={messages.sections}
        tabs={[
          { id: 'apps', label: messages.apps },
          { id: 'accounts', label: messages.accounts },
        ]}
        current={inApps ? 'apps' : 'accounts'}
        onChange={(name: 'apps' | 'accounts') => go({ name })}
      />
      <Loaded load={me}>
        {({ userId }) => (
          <State userId={userId} go={go} toast={toast}>
            <Screen route={current} />
          </State>
        )}
      </Loaded>
    </ScreenRoot>
  )
}

/** The sections of an app, or of an account, are one screen. */
const screenOf = (route: DeveloperRoute): string => {
  switch (route.name) {
    case 'app':
      return `app ${route.slug}`
    case 'version':
      return `version ${route.id}`
    case 'account':
      return `account ${route.id}`
    default:
      return route.name
  }
}

interface StateProps extends DeveloperState {
  readonly children: ReactNode
}

const State = ({ userId, go, toast, children }: StateProps) => {
  const state = useMemo(() => ({ userId, go, toast }), [userId, go, toast])
  return <DeveloperContext.Provider value={state}>{children}</DeveloperContext.Provider>
}

const Screen = ({ route }: { readonly route: DeveloperRoute }) => {
  switch (route.name) {
    case 'apps':
      return <AppsScreen />
    case 'app':
      return <AppScreen key={route.slug} slug={route.slug} tab={route.tab} />
    case 'version':
      return <VersionScreen key={route.id} slug={route.slug} id={route.id} />
    case 'accounts':
      return <AccountsScreen />
    case 'account':
      return <AccountScreen key={route.id} id={route.id} tab={route.tab} />
    case 'invitation':
      return <InvitationScreen key={route.token} token={route.token} />
  }
}
