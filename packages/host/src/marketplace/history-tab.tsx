import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { Loaded } from './loaded'
import { useMarketplace } from './marketplace-context'
import { ShowMore } from './show-more'
import { useFormat } from './use-format'
import { useMessages } from './use-messages'
import { usePages } from './use-pages'

const TONES = {
  installed: 'success',
  reinstalled: 'success',
  upgraded: 'info',
  'rolled-back': 'warning',
  uninstalled: 'neutral',
  'rolled-forward': 'info',
  'channel-changed': 'neutral',
} as const

export const HistoryTab = ({ installationId }: { readonly installationId: string }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Text, Timeline, TimelineItem } = registry.components
  const { me } = useMarketplace()
  const format = useFormat()
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.events(installationId, { cursor }), [client, installationId]),
  )
  return (
    <Loaded load={result}>
      {({ items, hasMore }) =>
        items.length === 0 ? (
          <Text tone="muted">{messages.noHistory}</Text>
        ) : (
          <>
            <Timeline label={messages.history}>
              {items.map((event) => (
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
            {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
          </>
        )
      }
    </Loaded>
  )
}
