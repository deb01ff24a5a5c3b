import {
  acceptInvitation,
  declineInvitation,
  type ReceivedInvitation,
  readInvitation,
} from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import { BackLink } from '../marketplace/back-link'
import { ActionFailure } from '../marketplace/failure'
import { ScreenHeader } from '../marketplace/screen-header'
import { useAction } from '../marketplace/use-action'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { useMessages } from './use-messages'

/** Where an invitation is answered. A link fills the code in, and answers nothing by itself. */
export const InvitationScreen = ({ token: given = '' }: { readonly token: string | undefined }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Form, Inline, Input, Section } = registry.components
  const { go, toast } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [token, setToken] = useState(given)
  const [invitation, setInvitation] = useState<ReceivedInvitation>()
  const body = { token: token.trim() }

  const answer = (isAccepted: boolean) =>
    run(async () => {
      const { account } = await client.change(isAccepted ? acceptInvitation : declineInvitation, { body })
      toast(isAccepted ? messages.joined(account.title) : messages.declined)
      go(isAccepted ? { name: 'account', id: account.id, tab: 'members' } : { name: 'accounts' })
    })
  return (
    <>
      <BackLink label={messages.backToAccounts} onPress={() => go({ name: 'accounts' })} />
      <ScreenHeader title={messages.invitationTitle} description={messages.invitationDescription} />
      <div className="souk-marketplace-narrow">
        {invitation ? (
          <Section
            title={messages.invitedTo(invitation.account.title)}
            description={messages.invitedAs(invitation.invitedBy, messages.roles[invitation.role])}
          >
            <ActionFailure error={error} />
            {invitation.status === 'pending' ? (
              <Inline justify="end">
                <Button disabled={isRunning} onPress={() => void answer(false)}>
                  {messages.decline}
                </Button>
                <Button variant="primary" loading={isRunning} onPress={() => void answer(true)}>
                  {messages.accept}
                </Button>
              </Inline>
            ) : (
              <Alert tone="warning" title={messages.invitationOver}>
                {messages.invitationStates[invitation.status]}
              </Alert>
            )}
          </Section>
        ) : (
          <Form
            label={messages.invitationTitle}
            onSubmit={() => void run(async () => setInvitation(await client.request(readInvitation, { body })))}
          >
            <ActionFailure error={error} />
            <Input label={messages.invitationCode} maxLength={200} value={token} onChange={setToken} />
            <Inline justify="end">
              <Button type="submit" variant="primary" loading={isRunning} disabled={body.token === ''}>
                {messages.lookAtInvitation}
              </Button>
            </Inline>
          </Form>
        )}
      </div>
    </>
  )
}
