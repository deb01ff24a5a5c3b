import {
  DEVELOPER_ROLES,
  type DeveloperRole,
  type Invitation,
  inviteMember,
  listInvitations,
  revokeInvitation,
} from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { ShowMore } from '../marketplace/show-more'
import { useAction } from '../marketplace/use-action'
import { useFormat } from '../marketplace/use-format'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { rolesFor } from './roles'
import { ShownOnce } from './shown-once'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'

const TONES = {
  pending: 'info',
  accepted: 'success',
  declined: 'neutral',
  revoked: 'neutral',
  expired: 'neutral',
} as const

interface InvitationsProps {
  readonly accountId: string
  readonly ownRole: DeveloperRole
}

/** Who is invited to an account. */
export const Invitations = ({ accountId, ownRole }: InvitationsProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, List, Text } = registry.components
  const { toast } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [isInviting, setInviting] = useState(false)
  const { result, isLoadingMore, showMore } = usePages(
    useCallback(
      (cursor) => client.request(listInvitations, { params: { id: accountId }, query: { cursor } }),
      [client, accountId],
    ),
  )
  const revoke = (invitation: Invitation) =>
    run(async () => {
      await client.change(revokeInvitation, { params: { id: accountId, invitationId: invitation.id } })
      toast(messages.invitationRevoked)
    })
  return (
    <Card
      title={messages.invitations}
      actions={
        <Button variant="primary" onPress={() => setInviting(true)}>
          {messages.invite}
        </Button>
      }
    >
      <ActionFailure error={error} />
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <Text tone="muted">{messages.noInvitations}</Text>
          ) : (
            <>
              <List label={messages.invitations}>
                {items.map((invitation) => (
                  <InvitationItem
                    key={invitation.id}
                    invitation={invitation}
                    disabled={isRunning}
                    onRevoke={() => void revoke(invitation)}
                  />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </>
          )
        }
      </Loaded>
      {isInviting ? <InviteDialog accountId={accountId} ownRole={ownRole} onClose={() => setInviting(false)} /> : null}
    </Card>
  )
}

interface InvitationItemProps {
  readonly invitation: Invitation
  readonly disabled: boolean
  readonly onRevoke: () => void
}

const InvitationItem = ({ invitation, disabled, onRevoke }: InvitationItemProps) => {
  const messages = useMessages()
  const { Badge, Button, Inline, ListItem } = useSouk().registry.components
  const format = useFormat()
  const { email, userId, role, status, expiresAt } = invitation
  const who = email ?? userId ?? ''
  return (
    <ListItem
      title={who}
      description={[
        messages.roles[role],
        ...(status === 'pending' ? [messages.expires(format.date(expiresAt))] : []),
      ].join(' · ')}
      trailing={
        <Inline gap="small">
          <Badge tone={TONES[status]}>{messages.invitationStates[status]}</Badge>
          {status === 'pending' ? (
            <Button
              size="small"
              variant="quiet"
              disabled={disabled}
              label={messages.revokeInvitationOf(who)}
              onPress={onRevoke}
            >
              {messages.revokeInvitation}
            </Button>
          ) : null}
        </Inline>
      }
    />
  )
}

interface InviteDialogProps extends InvitationsProps {
  readonly onClose: () => void
}

const InviteDialog = ({ accountId, ownRole, onClose }: InviteDialogProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Form, Inline, Input, RadioGroup, Text } = registry.components
  const { Dialog } = registry.chrome
  const { isRunning, error, fields, submit } = useFormAction()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<DeveloperRole>('member')
  const [token, setToken] = useState<string>()
  return (
    <Dialog title={messages.inviteTitle} size="medium" onClose={onClose}>
      {token === undefined ? (
        <Form
          label={messages.inviteTitle}
          onSubmit={() =>
            submit(async () => {
              const body = { email: email.trim(), role }
              const invitation = await client.change(inviteMember, { params: { id: accountId }, body })
              setToken(invitation.token)
            })
          }
        >
          <Text tone="muted">{messages.inviteDescription}</Text>
          <ActionFailure error={error} />
          <Input
            label={messages.email}
            type="email"
            required
            maxLength={254}
            value={email}
            error={fields.email}
            onChange={setEmail}
          />
          <RadioGroup
            label={messages.role}
            description={messages.roleDescriptions[role]}
            value={role}
            options={rolesFor(ownRole).map((value) => ({ value, label: messages.roles[value] }))}
            onChange={(value) => setRole(DEVELOPER_ROLES.find((known) => known === value) ?? 'member')}
          />
          <Inline justify="end">
            <Button onPress={onClose}>{messages.cancel}</Button>
            <Button type="submit" variant="primary" loading={isRunning} disabled={email.trim() === ''}>
              {messages.invite}
            </Button>
          </Inline>
        </Form>
      ) : (
        <ShownOnce title={messages.invited} description={messages.invitedDescription} secret={token} />
      )}
    </Dialog>
  )
}
