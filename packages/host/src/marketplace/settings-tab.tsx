import type { Installation, SettingsResponse, SettingsScope } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { SettingsForm } from './settings-form'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'

interface BothSettings {
  readonly organization: SettingsResponse | null
  readonly user: SettingsResponse
}

/** The settings of the organization, which admins write, and the user's own. */
export const SettingsTab = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, EmptyState, Stack } = registry.components
  const { isAdmin } = useMarketplace()
  const { id } = installation
  const settings = useLoad(
    useCallback(async (): Promise<BothSettings> => {
      const [organization, user] = await Promise.all([
        isAdmin ? client.settings(id, 'organization') : null,
        client.settings(id, 'user'),
      ])
      return { organization, user }
    }, [client, id, isAdmin]),
  )
  return (
    <Stack>
      {installation.needsConfiguration && isAdmin ? (
        <Alert tone="warning" title={messages.needsConfiguration}>
          {messages.needsConfigurationDescription}
        </Alert>
      ) : null}
      {isAdmin ? null : <Alert tone="neutral">{messages.membersCannotManage}</Alert>}
      <Loaded load={settings}>
        {({ organization, user }) =>
          isEmpty(organization) && isEmpty(user) ? (
            <EmptyState title={messages.noSettings} description={messages.noSettingsDescription} />
          ) : (
            <Stack>
              <ScopeSettings installationId={id} scope="organization" settings={organization} />
              <ScopeSettings installationId={id} scope="user" settings={user} />
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  )
}

const isEmpty = (settings: SettingsResponse | null) => !settings || Object.keys(settings.schema).length === 0

interface ScopeSettingsProps {
  readonly installationId: string
  readonly scope: SettingsScope
  readonly settings: SettingsResponse | null
}

const ScopeSettings = ({ installationId, scope, settings }: ScopeSettingsProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Card } = registry.components
  const { toast } = useMarketplace()
  const words =
    scope === 'organization'
      ? { title: messages.organizationSettings, description: messages.organizationSettingsDescription }
      : { title: messages.userSettings, description: messages.userSettingsDescription }
  if (!settings || isEmpty(settings)) return null
  return (
    <Card {...words}>
      <SettingsForm
        label={words.title}
        settings={settings}
        disabled={false}
        onSave={async (values) => {
          const answer = await client.saveSettings(installationId, scope, values)
          toast(messages.savedToast)
          return answer
        }}
      />
    </Card>
  )
}
