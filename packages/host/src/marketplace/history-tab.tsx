import type { InstallationEvent } from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { messages } from './messages'
import { useFormat } from './use-format'
import { useLoad } from './use-load'

const TONES = {
  installed: 'success',
  reinstalled: 'success',
  upgraded: 'info',
  'rolled-back': 'warning',
  uninstalled: 'neutral',
} as const

export const HistoryTab = ({ installationId }: { readonly installationId: string }) => {
  const { client, registry } = useSouk()
  const { Text, Timeline, TimelineItem } = registry.components
  const { me } = useMarketplace()
  const format = useFormat()
  const events = useLoad(useCallback(() => client.events(installationId), [client, installationId]))
  return (
    <Loaded load={events}>
      {(all) =>
        all.length === 0 ? (
          <Text tone="muted">{messages.noHistory}</Text>
        ) : (
          <Timeline label={messages.history}>
            {[...all].sort(newestFirst).map((event) => (
              <TimelineItem
                key={event.id}
                title={messages.events[event.type](event.toVersion ?? '', event.fromVersion ?? '')}
                time={format.dateTime(event.createdAt)}
                tone={TONES[event.type]}
              >
                {messages.eventBy(event.actorId === me.userId ? messages.you : event.actorId)}
              </TimelineItem>
            ))}
          </Timeline>
        )
      }
    </Loaded>
  )
}

const newestFirst = (a: InstallationEvent, b: InstallationEvent) => b.createdAt.localeCompare(a.createdAt)
