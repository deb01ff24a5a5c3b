import type { EgressRule, ScopeRequest } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'

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
