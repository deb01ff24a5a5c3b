import {
  changeMemberRole,
  DEVELOPER_ROLES,
  type DeveloperMember,
  type DeveloperRole,
  leaveAccount,
  listMembers,
  removeMember,
} from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { ShowMore } from '../marketplace/show-more'
import { useAction } from '../marketplace/use-action'
import { useFormat } from '../marketplace/use-format'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import type { OwnAccount } from './account-screen'
import { useDeveloper } from './developer-context'
import { Invitations } from './invitations'
import { mayTouch, rolesFor } from './roles'
import { useMessages } from './use-messages'

/** Who belongs to an account, and who is invited. */
export const MembersTab = ({ account }: { readonly account: OwnAccount }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, List, Stack } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { go, toast, userId } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [changing, setChanging] = useState<DeveloperMember>()
  const [removing, setRemoving] = useState<string>()
  const { id, role, title } = account
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.request(listMembers, { params: { id }, query: { cursor } }), [client, id]),
  )
  const answer = (confirmed: boolean) => {
    const who = removing
    setRemoving(undefined)
    if (!confirmed || who === undefined) return
    void run(async () => {
      if (who === userId) {
        await client.change(leaveAccount, { params: { id }, body: {} })
        toast(messages.left(title))
        go({ name: 'accounts' })
      } else {
        await client.change(removeMember, { params: { id, userId: who } })
        toast(messages.memberRemoved(who))
      }
    })
  }
  return (
    <Stack gap="large">
      <Card
        title={messages.members}
        actions={
          <Button disabled={isRunning} onPress={() => setRemoving(userId)}>
            {messages.leave}
          </Button>
        }
      >
        <ActionFailure error={error} />
        <Loaded load={result}>
          {({ items, hasMore }) => (
            <>
              <List label={messages.members}>
                {items.map((member) => (
                  <MemberItem key={member.userId} member={member} ownRole={role} onChange={() => setChanging(member)} />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </>
          )}
        </Loaded>
      </Card>
      {role === 'member' ? null : <Invitations accountId={id} ownRole={role} />}
      {changing ? (
        <MemberDialog
          accountId={id}
          member={changing}
          ownRole={role}
          onRemove={() => {
            setChanging(undefined)
            setRemoving(changing.userId)
          }}
          onClose={() => setChanging(undefined)}
        />
      ) : null}
      {removing === undefined ? null : (
        <ConfirmDialog
          title={removing === userId ? messages.leaveConfirm(title) : messages.removeMemberConfirm(removing)}
          description={removing === userId ? messages.leaveDescription : messages.removeMemberDescription}
          confirmLabel={removing === userId ? messages.leave : messages.removeMember}
          destructive
          onAnswer={answer}
        />
      )}
    </Stack>
  )
}

interface MemberItemProps {
  readonly member: DeveloperMember
  readonly ownRole: DeveloperRole
  readonly onChange: () => void
}

const MemberItem = ({ member, ownRole, onChange }: MemberItemProps) => {
  const messages = useMessages()
  const { Avatar, Badge, Button, Inline, ListItem } = useSouk().registry.components
  const { userId } = useDeveloper()
  const format = useFormat()
  const isSelf = member.userId === userId
  return (
    <ListItem
      title={isSelf ? `${member.userId} (${messages.you})` : member.userId}
      description={messages.memberSince(format.date(member.joinedAt))}
      leading={<Avatar name={member.userId} />}
      trailing={
        <Inline gap="small">
          <Badge>{messages.roles[member.role]}</Badge>
          {!isSelf && mayTouch(ownRole, member.role) ? (
            <Button size="small" variant="quiet" label={messages.changeMemberOf(member.userId)} onPress={onChange}>
              {messages.changeMember}
            </Button>
          ) : null}
        </Inline>
      }
    />
  )
}

interface MemberDialogProps {
  readonly accountId: string
  readonly member: DeveloperMember
  readonly ownRole: DeveloperRole
  readonly onRemove: () => void
  readonly onClose: () => void
}

const MemberDialog = ({ accountId, member, ownRole, onRemove, onClose }: MemberDialogProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Inline, RadioGroup, Stack } = registry.components
  const { Dialog } = registry.chrome
  const { toast } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [role, setRole] = useState<DeveloperRole>(member.role)
  const { userId } = member
  const save = () =>
    run(async () => {
      await client.change(changeMemberRole, { params: { id: accountId, userId }, body: { role } })
      toast(messages.roleChanged(userId))
      onClose()
    })
  return (
    <Dialog title={userId} size="small" onClose={onClose}>
      <Stack>
        <RadioGroup
          label={messages.role}
          description={messages.roleDescriptions[role]}
          value={role}
          options={rolesFor(ownRole).map((value) => ({ value, label: messages.roles[value] }))}
          onChange={(value) => setRole(DEVELOPER_ROLES.find((known) => known === value) ?? role)}
        />
        <ActionFailure error={error} />
        <Inline justify="between">
          <Button variant="danger" label={messages.removeMemberOf(userId)} disabled={isRunning} onPress={onRemove}>
            {messages.removeMember}
          </Button>
          <Button variant="primary" loading={isRunning} disabled={role === member.role} onPress={() => void save()}>
            {messages.save}
          </Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
