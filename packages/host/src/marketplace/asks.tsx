import type { CatalogDeployment, EgressRule, ScopeRequest } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import type { Messages } from './messages'
import { useFormat } from './use-format'
import { useMessages } from './use-messages'

interface ScopeListProps {
  readonly label: string
  readonly scopes: readonly ScopeRequest[]
}

/** What an app may do, in its developer's words first: an admin reads the purpose, support reads the id. */
export const ScopeList = ({ label, scopes }: ScopeListProps) => {
  const { Code, List, ListItem } = useSouk().registry.components
  return (
    <List label={label}>
      {scopes.map((scope) => (
        <ListItem key={scope.id} title={scope.purpose} trailing={<Code>{scope.id}</Code>} />
      ))}
    </List>
  )
}

interface EgressListProps {
  readonly label: string
  readonly egress: readonly Pick<EgressRule, 'host' | 'purpose'>[]
}

/** The hosts an app may reach. The host comes first: it is the fact that is enforced. */
export const EgressList = ({ label, egress }: EgressListProps) => {
  const { List, ListItem } = useSouk().registry.components
  return (
    <List label={label}>
      {egress.map((rule) => (
        <ListItem key={rule.host} title={rule.host} description={rule.purpose} />
      ))}
    </List>
  )
}

type AccountAsked = NonNullable<CatalogDeployment['connections']>[number]

interface AccountListProps {
  readonly label: string
  readonly accounts: readonly AccountAsked[]
}

/** The accounts of other services that an app works with, and who gets to see their credentials. */
export const AccountList = ({ label, accounts }: AccountListProps) => {
  const { Badge, List, ListItem } = useSouk().registry.components
  const messages = useMessages()
  const format = useFormat()
  return (
    <List label={label}>
      {accounts.map((account) => (
        <ListItem
          key={account.id}
          title={account.label}
          description={describeCredential(account, messages, format.list)}
          trailing={
            <Badge tone={account.revealed ? 'warning' : 'neutral'}>{messages.consentScopes[account.scope]}</Badge>
          }
        />
      ))}
    </List>
  )
}

const describeCredential = (
  { revealed, hosts = [] }: AccountAsked,
  messages: Messages,
  join: (hosts: readonly string[]) => string,
): string => {
  if (revealed) return hosts.length > 0 ? messages.consentRevealedAndAttached(join(hosts)) : messages.consentRevealed
  return hosts.length > 0 ? messages.consentAttached(join(hosts)) : messages.consentUnused
}
