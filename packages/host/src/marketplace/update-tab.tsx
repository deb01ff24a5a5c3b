import type { Installation } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import type { Consent } from '../api/souk-client'
import { useSouk } from '../souk-context'
import { EgressList, ScopeList } from './asks'
import { ConsentDialog } from './consent-dialog'
import { useMarketplace } from './marketplace-context'
import { useMessages } from './use-messages'

export const UpdateTab = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, EmptyState, Section, Stack, Text } = registry.components
  const { isAdmin, toast } = useMarketplace()
  const [isAsking, setAsking] = useState(false)
  const { app, update, version } = installation

  if (!update) return <EmptyState title={messages.upToDate} description={messages.upToDateDescription(version)} />

  const { deployment, newScopes, newEgress } = update
  const upgrade = async (consent: Consent) => {
    await client.upgrade(installation.id, consent)
    setAsking(false)
    toast(messages.updatedToast(app.title, deployment.version))
  }
  return (
    <>
      <Card
        title={messages.updateTitle(deployment.version)}
        description={messages.updateFrom(version)}
        actions={
          isAdmin ? (
            <Button variant="primary" onPress={() => setAsking(true)}>
              {messages.reviewUpdate}
            </Button>
          ) : null
        }
        footer={
          isAdmin ? null : (
            <Text size="small" tone="muted">
              {messages.membersCannotManage}
            </Text>
          )
        }
      >
        <Stack gap="large">
          <div className="souk-marketplace-prose">
            <Text>{deployment.releaseNotes ?? messages.noReleaseNotes}</Text>
          </div>
          {newScopes.length > 0 ? (
            <Section title={messages.newPermissions}>
              <ScopeList label={messages.newPermissions} scopes={newScopes} />
            </Section>
          ) : null}
          {newEgress.length > 0 ? (
            <Section title={messages.newConnections}>
              <EgressList label={messages.newConnections} egress={newEgress} />
            </Section>
          ) : null}
          {newScopes.length + newEgress.length === 0 ? <Text tone="muted">{messages.consentNothingNew}</Text> : null}
        </Stack>
      </Card>
      {isAsking ? (
        <ConsentDialog
          title={app.title}
          developer={app.developer.title}
          deployment={deployment}
          newScopes={newScopes}
          newEgress={newEgress}
          isUpdate
          onConsent={upgrade}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
