import type { CatalogApp } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import type { Consent } from '../api/souk-client'
import { useSouk } from '../souk-context'
import { ConsentDialog } from './consent-dialog'
import { useMarketplace } from './marketplace-context'
import { useMessages } from './use-messages'

/** Install, or go to what is installed. A member reads why neither is here. */
export const InstallAction = ({ app }: { readonly app: CatalogApp }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Text } = registry.components
  const { isAdmin, go, toast } = useMarketplace()
  const [isAsking, setAsking] = useState(false)
  const { installation } = app

  const install = async (consent: Consent) => {
    const installed = await client.install({ appId: app.id, ...consent })
    setAsking(false)
    toast(messages.installedToast(app.title), installed.needsConfiguration ? messages.configureToast : undefined)
    if (installed.needsConfiguration) go({ name: 'installation', id: installed.id, tab: 'settings' })
  }

  if (installation?.status === 'active')
    return (
      <Button onPress={() => go({ name: 'installation', id: installation.id, tab: 'settings' })}>
        {messages.manage}
      </Button>
    )
  if (!isAdmin)
    return (
      <Text size="small" tone="muted">
        {messages.membersCannotInstall}
      </Text>
    )
  return (
    <>
      <Button variant="primary" onPress={() => setAsking(true)}>
        {installation ? messages.installAgain : messages.install}
      </Button>
      {isAsking ? (
        <ConsentDialog
          title={app.title}
          developer={app.developer.title}
          deployment={app.deployment}
          newScopes={app.deployment.scopes}
          newEgress={app.deployment.egress}
          isUpdate={false}
          onConsent={install}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
