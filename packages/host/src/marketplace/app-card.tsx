import type { CatalogApp } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { AppBadges } from './app-badges'
import { useMarketplace } from './marketplace-context'
import { useMessages } from './use-messages'

export const AppCard = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { Avatar, Card, Inline, Stack, Text } = useSouk().registry.components
  const { go } = useMarketplace()
  return (
    <Card>
      <div className="souk-marketplace-tile">
        <Avatar name={app.title} src={app.avatarUrl ?? undefined} />
        <Stack gap="none">
          <button type="button" className="souk-marketplace-press" onClick={() => go({ name: 'app', slug: app.slug })}>
            {app.title}
          </button>
          <Text size="small" tone="muted">
            {messages.by(app.developer.title)}
          </Text>
        </Stack>
      </div>
      <div className="souk-marketplace-clamp">
        <Text size="small">{app.description}</Text>
      </div>
      <div className="souk-marketplace-card-end">
        <Inline gap="small">
          <AppBadges app={app} />
        </Inline>
      </div>
    </Card>
  )
}
