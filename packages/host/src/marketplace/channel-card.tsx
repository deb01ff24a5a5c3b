import type { Installation } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'
import { ActionFailure } from './failure'
import { useMarketplace } from './marketplace-context'
import { useAction } from './use-action'
import { useMessages } from './use-messages'

const CHANNELS = ['stable', 'pinned'] as const

/** How updates of an app arrive: on their own, or when an admin takes them. */
export const ChannelCard = ({ installation }: { readonly installation: Installation }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Card, RadioGroup } = registry.components
  const { toast } = useMarketplace()
  const { isRunning, error, run } = useAction()
  const { app, channel, id, version } = installation

  // It has no other version to follow from here: a published one is taken as an update, with the consent it asks for.
  if (channel === 'development') return <Card title={messages.channelTitle} description={messages.channelDevelopment} />

  const move = (value: string) => {
    const next = CHANNELS.find((known) => known === value)
    if (!next || next === channel) return
    void run(async () => {
      const moved = await client.moveToChannel(id, next)
      toast(
        moved.version === version
          ? messages.channelToast[next](app.title)
          : messages.updatedToast(app.title, moved.version),
      )
    })
  }
  return (
    <Card title={messages.channelTitle} description={messages.channelDescriptions[channel]}>
      <ActionFailure error={error} />
      <RadioGroup
        label={messages.channelLabel}
        value={channel}
        disabled={isRunning}
        options={CHANNELS.map((value) => ({ value, label: messages.channels[value] }))}
        onChange={move}
      />
    </Card>
  )
}
