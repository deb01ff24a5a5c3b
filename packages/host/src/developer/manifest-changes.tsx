import type { DeploymentDetail } from '@souk/extension-sdk/protocol'
import { useFormat } from '../marketplace/use-format'
import { useSouk } from '../souk-context'
import { type ChangeGroup, diffManifests, type ManifestChange } from './manifest-diff'
import { useMessages } from './use-messages'

interface ManifestChangesProps {
  readonly before: DeploymentDetail | null
  readonly after: DeploymentDetail
}

/** What a version changes, in words, what asks for more first, and how its code grew. */
export const ManifestChanges = ({ before, after }: ManifestChangesProps) => {
  const messages = useMessages()
  const { Card, Section, Stack, Text } = useSouk().registry.components
  const format = useFormat()
  const changes = diffManifests(before?.manifest ?? null, after.manifest, messages, format.list)
  const groups = [...new Set(changes.map(({ group }) => group))]
  return (
    <Card
      title={messages.changes}
      description={before ? messages.changesFrom(before.version, after.version) : messages.changesFirst}
    >
      <Stack gap="large">
        {groups.length === 0 ? <Text tone="muted">{messages.changesNothing}</Text> : null}
        {groups.map((group) => (
          <Section key={group} title={messages.changeGroups[group]}>
            <ChangeList group={group} changes={changes.filter((change) => change.group === group)} />
          </Section>
        ))}
        <Section title={messages.code}>
          <CodeChanges before={before} after={after} />
        </Section>
      </Stack>
    </Card>
  )
}

interface ChangeListProps {
  readonly group: ChangeGroup
  readonly changes: readonly ManifestChange[]
}

const ChangeList = ({ group, changes }: ChangeListProps) => {
  const messages = useMessages()
  const { Badge, List, ListItem } = useSouk().registry.components
  return (
    <List label={messages.changeGroups[group]}>
      {[...changes]
        .sort((a, b) => Number(b.asksForMore) - Number(a.asksForMore))
        .map(({ id, kind, title, details, asksForMore }) => (
          <ListItem
            key={`${kind} ${id}`}
            title={title}
            description={details.join(' · ')}
            trailing={
              <Badge tone={asksForMore ? 'warning' : kind === 'removed' ? 'neutral' : 'info'}>
                {messages.changeKinds[kind]}
              </Badge>
            }
          />
        ))}
    </List>
  )
}

const CodeChanges = ({ before, after }: ManifestChangesProps) => {
  const messages = useMessages()
  const { DescriptionList } = useSouk().registry.components
  const format = useFormat()
  const say = (side: keyof DeploymentDetail['bundles']) => {
    const was = before?.bundles[side] ?? null
    const is = after.bundles[side]
    if (!is) return was ? messages.codeRemoved(format.bytes(was.sizeBytes)) : messages.noBundle
    if (!was) return messages.codeNew(format.bytes(is.sizeBytes))
    if (was.sha256 === is.sha256) return messages.codeUnchanged
    return messages.codeChanged(
      format.bytes(was.sizeBytes),
      format.bytes(is.sizeBytes),
      format.difference(is.sizeBytes / Math.max(1, was.sizeBytes) - 1),
    )
  }
  return (
    <DescriptionList
      items={[
        { label: messages.clientBundle, value: say('client') },
        { label: messages.serverBundle, value: say('server') },
      ]}
    />
  )
}
