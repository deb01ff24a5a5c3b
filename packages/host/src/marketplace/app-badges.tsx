import type { CatalogApp } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { categoryName } from './category-name'
import { useMessages } from './use-messages'

/** What to know of an app at a glance. */
export const AppBadges = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { Badge } = useSouk().registry.components
  return (
    <>
      {app.category ? <Badge>{categoryName(app.category)}</Badge> : null}
      {app.verified ? <Badge tone="info">{messages.verifiedBadge}</Badge> : null}
      {app.deployment.deploymentType === 'development' ? (
        <Badge tone="warning">{messages.developmentBadge}</Badge>
      ) : null}
      {app.installation?.status === 'active' ? <Badge tone="success">{messages.installedBadge}</Badge> : null}
    </>
  )
}
