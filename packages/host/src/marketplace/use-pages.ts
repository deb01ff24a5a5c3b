import type { Page } from '@souk/extension-sdk/protocol'
import { useCallback, useRef, useState } from 'react'
import { type Load, useLoad } from './use-load'

interface Shown<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
}

/**
 * A list, page after page. A change of installations loads again as many pages as are shown.
 *
 * @param read Must keep its identity while it reads the same list: wrap it in `useCallback`.
 */
export const usePages = <T>(read: (cursor: string | undefined) => Promise<Page<T>>) => {
  const [more, setMore] = useState({ read, pages: 1 })
  const pages = more.read === read ? more.pages : 1
  const shown = useRef<{ readonly read: typeof read; readonly load: Load<Shown<T>> } | null>(null)

  const load = useCallback(async (): Promise<Shown<T>> => {
    const items: T[] = []
    let cursor: string | null = null
    let page = 0
    do {
      const answer: Page<T> = await read(cursor ?? undefined)
      items.push(...answer.items)
      cursor = answer.nextCursor
      page += 1
    } while (page < pages && cursor !== null)
    return { items, hasMore: cursor !== null }
  }, [read, pages])

  const current = useLoad(load)
  if (current.status === 'ready') shown.current = { read, load: current }
  if (current.status === 'failed') shown.current = null
  // What is shown stays until the next page is there.
  const isLoadingMore = current.status === 'loading' && shown.current?.read === read
  return {
    result: isLoadingMore && shown.current ? shown.current.load : current,
    isLoadingMore,
    showMore: () => setMore({ read, pages: pages + 1 }),
  }
}
