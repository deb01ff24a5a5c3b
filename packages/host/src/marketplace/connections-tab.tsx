import type { Connectable, ConnectionInfo, Installation, SettingsResponse } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { useSouk } from '../souk-context'
import { ActionFailure } from './failure'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { SettingsForm } from './settings-form'
import { useAction } from './use-action'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'

/** The accounts of outside services that the app works with: connect, connect again, remove. */
export const ConnectionsTab = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { EmptyState, Stack } = registry.components
  const { id } = installation
  const load = useLoad(useCallback(() => client.connections(id), [client, id]))
  return (
    <Loaded load={load}>
      {({ definitions, connections }) =>
        definitions.length === 0 ? (
          <EmptyState title={messages.noConnectables} description={messages.noConnectablesDescription} />
        ) : (
          <Stack>
            {definitions.map((definition) => (
              <Definition
                key={definition.id}
                installationId={id}
                definition={definition}
                accounts={connections.filter(({ definitionId }) => definitionId === definition.id)}
              />
            ))}
          </Stack>
        )
      }
    </Loaded>
  )
}

interface DefinitionProps {
  readonly installationId: string
  readonly definition: Connectable
  readonly accounts: readonly ConnectionInfo[]
}

/** What is being connected: a new account, or one again. */
type Connecting = { readonly renewed?: ConnectionInfo }

const Definition = ({ installationId, definition, accounts }: DefinitionProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Card, Stack, Text } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { toast } = useMarketplace()
  const { isRunning, error, run } = useAction()
  const [connecting, setConnecting] = useState<Connecting>()
  const [removing, setRemoving] = useState<ConnectionInfo>()
  const { label, mayConnect, ready } = definition

  const connect = async ({ renewed }: Connecting, values: Readonly<Record<string, string>>): Promise<void> => {
    const pick = (inputs: Connectable['fields']) =>
      Object.fromEntries(inputs.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])))
    const { connection, authorizationUrl } = await client.connect(installationId, {
      definitionId: definition.id,
      ...(renewed ? { connectionId: renewed.id } : {}),
      ...(renewed && definition.type === 'oauth2-code' ? {} : { variables: pick(definition.variables) }),
      ...(definition.type === 'secret' ? { fields: pick(definition.fields) } : {}),
      returnTo: `${window.location.pathname}${window.location.search}`,
    })
    if (authorizationUrl !== null) window.location.assign(authorizationUrl)
    if (connection) toast(messages.connectedToast(connection.label))
    setConnecting(undefined)
  }
  /** Asks for what is needed, or goes at once. */
  const begin = (next: Connecting) => {
    const asks = definition.type === 'secret' || (definition.variables.length > 0 && !next.renewed)
    if (asks) setConnecting(next)
    else void run(() => connect(next, {}))
  }
  const canAdd = mayConnect && ready && (accounts.length === 0 || definition.multiple)
  return (
    <Card
      title={label}
      description={definition.description ?? undefined}
      actions={
        canAdd && !connecting ? (
          <Button
            disabled={isRunning}
            label={accounts.length === 0 ? messages.connectTo(label) : messages.connectAnotherTo(label)}
            onPress={() => begin({})}
          >
            {accounts.length === 0 ? messages.connect : messages.connectAnother}
          </Button>
        ) : null
      }
    >
      <Stack>
        <Text size="small" tone="muted">
          {[
            definition.scope === 'user' ? messages.userConnection : messages.organizationConnection,
            definition.revealed
              ? messages.credentialRevealed
              : definition.hosts.length > 0
                ? messages.credentialAttached(definition.hosts.join(', '))
                : '',
          ].join(' ')}
        </Text>
        {ready ? null : <Alert tone="warning">{messages.connectionNotReady}</Alert>}
        {mayConnect ? null : <Alert tone="neutral">{messages.onlyAdminsConnect}</Alert>}
        <ActionFailure error={error} />
        <Accounts
          label={label}
          accounts={accounts}
          disabled={!mayConnect || isRunning}
          onRenew={(renewed) => begin({ renewed })}
          onRemove={setRemoving}
        />
        {connecting ? (
          <SettingsForm
            key={connecting.renewed?.id ?? ''}
            label={messages.connectTo(label)}
            settings={toForm(definition, connecting)}
            disabled={false}
            saveLabel={messages.connect}
            onSave={async (values) => {
              await connect(connecting, toTexts(values))
              return toForm(definition, connecting)
            }}
          />
        ) : null}
        {removing ? (
          <ConfirmDialog
            title={messages.disconnectConfirm(removing.label)}
            description={messages.disconnectDescription}
            confirmLabel={messages.disconnect}
            destructive
            onAnswer={(confirmed) => {
              setRemoving(undefined)
              if (!confirmed) return
              void run(async () => {
                await client.disconnect(installationId, removing.id)
                toast(messages.disconnectedToast(removing.label))
              })
            }}
          />
        ) : null}
      </Stack>
    </Card>
  )
}

interface AccountsProps {
  readonly label: string
  readonly accounts: readonly ConnectionInfo[]
  readonly disabled: boolean
  readonly onRenew: (account: ConnectionInfo) => void
  readonly onRemove: (account: ConnectionInfo) => void
}

const Accounts = ({ label, accounts, disabled, onRenew, onRemove }: AccountsProps) => {
  const messages = useMessages()
  const { Badge, Button, Inline, Text } = useSouk().registry.components
  if (accounts.length === 0) return <Text tone="muted">{messages.notConnected}</Text>
  return (
    <ul aria-label={messages.accounts(label)} className="souk-marketplace-accounts">
      {accounts.map((account) => (
        <li key={account.id}>
          <Inline justify="between">
            <Inline gap="small">
              <Text weight="medium">{account.label}</Text>
              {account.status === 'active' ? (
                <Badge tone="success">{messages.connectedBadge}</Badge>
              ) : (
                <Badge tone="warning">{messages.expiredBadge}</Badge>
              )}
            </Inline>
            <Inline gap="small">
              <Button
                size="small"
                variant={account.status === 'active' ? 'quiet' : 'secondary'}
                disabled={disabled}
                label={messages.reconnectTo(account.label)}
                onPress={() => onRenew(account)}
              >
                {messages.reconnect}
              </Button>
              <Button
                size="small"
                variant="quiet"
                disabled={disabled}
                label={messages.disconnectFrom(account.label)}
                onPress={() => onRemove(account)}
              >
                {messages.disconnect}
              </Button>
            </Inline>
          </Inline>
        </li>
      ))}
    </ul>
  )
}

/** What has to be filled in, as the form of settings knows it. */
const toForm = ({ variables, fields }: Connectable, { renewed }: Connecting): SettingsResponse => ({
  schema: Object.fromEntries(
    [...variables.map((variable) => ({ ...variable, secret: false })), ...fields].map(
      ({ name, label, description, placeholder, secret, optional }) => {
        const field = {
          label,
          ...(description === undefined ? {} : { description }),
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(optional ? { optional: true as const } : {}),
        }
        return [name, secret === false ? { type: 'string', ...field } : { type: 'secret', ...field }]
      },
    ),
  ),
  values: renewed?.variables ?? {},
  secretsSet: [],
})

const toTexts = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])))
