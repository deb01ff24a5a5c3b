import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { Loaded } from './loaded'
import { Prose } from './prose'
import { ShowMore } from './show-more'
import { useFormat } from './use-format'
import { useMessages } from './use-messages'
import { usePages } from './use-pages'

/** What was published of an app, the newest first, with what each version brought. */
export const Changelog = ({ slug }: { readonly slug: string }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Text, Timeline, TimelineItem } = registry.components
  const format = useFormat()
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.catalogVersions(slug, { cursor }), [client, slug]),
  )
  return (
    <Loaded load={result}>
      {({ items, hasMore }) =>
        items.length === 0 ? (
          <Text tone="muted">{messages.nothingPublished}</Text>
        ) : (
          <>
            <Timeline label={messages.changelog}>
              {items.map(({ id, version, publishedAt, releaseNotes }) => (
                <TimelineItem key={id} title={messages.versionTitle(version)} time={format.date(publishedAt)}>
                  <Prose text={releaseNotes ?? messages.noReleaseNotes} />
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
