import { type CatalogApp, isSafeUrl } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { categoryName } from './category-name'
import { useFormat } from './use-format'
import { useMessages } from './use-messages'

export const AppFacts = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { Card, DescriptionList, Link, Stack, Text } = useSouk().registry.components
  const format = useFormat()
  const { deployment } = app
  const links = [
    { label: messages.website, url: app.websiteUrl },
    { label: messages.documentation, url: app.documentationUrl },
    { label: messages.support, url: app.supportUrl },
    { label: messages.terms, url: app.termsUrl },
  ].flatMap(({ label, url }) => (url && isSafeUrl(url) ? [{ label, url }] : []))
  return (
    <aside aria-label={messages.details}>
      <Card>
        <DescriptionList
          items={[
            { label: messages.developer, value: app.developer.title },
            { label: messages.version, value: deployment.version },
            ...(deployment.publishedAt
              ? [{ label: messages.published, value: format.date(deployment.publishedAt) }]
              : []),
            ...(app.category ? [{ label: messages.categoryLabel, value: categoryName(app.category) }] : []),
            ...(app.tags.length > 0
              ? [{ label: messages.tagsLabel, value: app.tags.map(categoryName).join(', ') }]
              : []),
            {
              label: messages.installedIn,
              value: messages.organizations(app.installCount, format.number(app.installCount)),
            },
          ]}
        />
        {links.length > 0 ? (
          <Stack gap="small">
            <Text size="small" weight="medium" tone="muted">
              {messages.links}
            </Text>
            {links.map(({ label, url }) => (
              <Text key={label}>
                <Link href={url}>{label}</Link>
              </Text>
            ))}
          </Stack>
        ) : null}
      </Card>
    </aside>
  )
}
