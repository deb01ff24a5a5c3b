import type { CatalogApp } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { AppBadges } from './app-badges'
import { AppFacts } from './app-facts'
import { EgressList, ScopeList } from './asks'
import { BackLink } from './back-link'
import { Changelog } from './changelog'
import { InstallAction } from './install-action'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { Prose } from './prose'
import { ScreenTitle } from './screen-title'
import { SurfaceList } from './surface-list'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'

/** All there is to know of an app before it is installed. */
export const AppDetail = ({ slug }: { readonly slug: string }) => {
  const messages = useMessages()
  const { client } = useSouk()
  const { go } = useMarketplace()
  const app = useLoad(useCallback(() => client.catalogApp(slug), [client, slug]))
  return (
    <>
      <BackLink label={messages.backToApps} onPress={() => go({ name: 'browse' })} />
      <Loaded load={app}>{(loaded) => <Detail app={loaded} />}</Loaded>
    </>
  )
}

const Detail = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { Avatar, Inline, Stack, Text } = useSouk().registry.components
  return (
    <>
      <header className="souk-marketplace-hero">
        <Avatar name={app.title} src={app.avatarUrl ?? undefined} size="large" />
        <Stack gap="small">
          <Stack gap="none">
            <ScreenTitle>{app.title}</ScreenTitle>
            <Text tone="muted">{messages.by(app.developer.title)}</Text>
          </Stack>
          <Text>{app.description}</Text>
          <Inline gap="small">
            <AppBadges app={app} />
          </Inline>
        </Stack>
        <InstallAction app={app} />
      </header>
      <div className="souk-marketplace-columns">
        <Listing app={app} />
        <AppFacts app={app} />
      </div>
    </>
  )
}

const Listing = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { Image, Section, Stack, Text } = useSouk().registry.components
  const { deployment } = app
  return (
    <Stack gap="large">
      <Section title={messages.overview}>
        <Prose text={app.overview ?? messages.noOverview} />
      </Section>
      {app.screenshots.length > 0 ? (
        <Section title={messages.screenshots}>
          {app.screenshots.map((src, index) => (
            <Image key={src} src={src} alt={messages.screenshot(app.title, index + 1)} />
          ))}
        </Section>
      ) : null}
      {app.contentHowItWorks ? (
        <Section title={messages.howItWorks}>
          <Prose text={app.contentHowItWorks} />
        </Section>
      ) : null}
      {app.contentConfigure ? (
        <Section title={messages.howToConfigure}>
          <Prose text={app.contentConfigure} />
        </Section>
      ) : null}
      <Section title={messages.whatItAdds} description={messages.whatItAddsDescription}>
        {deployment.surfaces.length > 0 || deployment.tools ? (
          <SurfaceList surfaces={deployment.surfaces} tools={deployment.tools} toolLabel={messages.tool} />
        ) : (
          <Text tone="muted">{messages.addsNothing}</Text>
        )}
      </Section>
      <Section title={messages.permissions} description={messages.permissionsDescription}>
        {deployment.scopes.length > 0 ? (
          <ScopeList label={messages.permissions} scopes={deployment.scopes} />
        ) : (
          <Text tone="muted">{messages.noPermissions}</Text>
        )}
      </Section>
      <Section title={messages.connections} description={messages.connectionsDescription}>
        {deployment.egress.length > 0 ? (
          <EgressList label={messages.connections} egress={deployment.egress} />
        ) : (
          <Text tone="muted">{messages.noConnections}</Text>
        )}
      </Section>
      <Section title={messages.releaseNotes(deployment.version)}>
        <Prose text={deployment.releaseNotes ?? messages.noReleaseNotes} />
      </Section>
      <Section title={messages.changelog}>
        <Changelog slug={app.slug} />
      </Section>
    </Stack>
  )
}
