import type { Installation } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import { useSouk } from '../souk-context'
import { ChannelCard } from './channel-card'
import { ActionFailure } from './failure'
import { useMarketplace } from './marketplace-context'
import { useAction } from './use-action'
import { useMessages } from './use-messages'

/** How an app follows its updates, and what turns it back or stops it, which asks once more. */
export const ManageTab = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Card, Stack } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { isAdmin, toast } = useMarketplace()
  const { isRunning, error, run } = useAction()
  const [asking, setAsking] = useState<'rollback' | 'uninstall'>()
  const { app, id, rollback } = installation

  if (!isAdmin) return <Alert tone="neutral">{messages.membersCannotManage}</Alert>

  const answer = (confirmed: boolean) => {
    setAsking(undefined)
    if (!confirmed) return
    void run(async () => {
      if (asking === 'uninstall') {
        await client.uninstall(id)
        toast(messages.uninstalledToast(app.title))
      } else {
        const { version } = await client.rollback(id)
        toast(messages.rolledBackToast(app.title, version))
      }
    })
  }
  return (
    <Stack>
      <ChannelCard installation={installation} />
      <ActionFailure error={error} />
      <Card
        title={messages.rollBackTitle}
        description={rollback ? messages.rollBackDescription(rollback.version) : messages.noRollBack}
        actions={
          rollback ? (
            <Button disabled={isRunning} onPress={() => setAsking('rollback')}>
              {messages.rollBack}
            </Button>
          ) : null
        }
      />
      <Card
        title={messages.uninstallTitle}
        description={messages.uninstallDescription}
        actions={
          <Button variant="danger" disabled={isRunning} onPress={() => setAsking('uninstall')}>
            {messages.uninstall}
          </Button>
        }
      />
      {asking ? (
        <ConfirmDialog
          {...(asking === 'uninstall'
            ? {
                title: messages.uninstallConfirm(app.title),
                description: messages.uninstallDescription,
                confirmLabel: messages.uninstall,
                destructive: true,
              }
            : {
                title: messages.rollBackConfirm(app.title, rollback?.version ?? ''),
                description: messages.rollBackDescription(rollback?.version ?? ''),
                confirmLabel: messages.rollBack,
                destructive: false,
              })}
          onAnswer={answer}
        />
      ) : null}
    </Stack>
  )
}
