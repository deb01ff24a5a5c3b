import type { CatalogApp, CatalogSort } from '@souk/extension-sdk/protocol'
import { useCallback, useRef, useState } from 'react'
import { useSouk } from '../souk-context'
import { type Load, useLoad } from './use-load'

interface Catalog {
  readonly apps: readonly CatalogApp[]
  readonly hasMore: boolean
}

/** An empty text does not narrow. */
export interface CatalogFilter {
  readonly search: string
  readonly category: string
  readonly tag: string
  /** Absent: by title, and the best match of a search first. */
  readonly sort: CatalogSort | undefined
}

/** The apps that match, page after page. A change of installations loads again as many pages as are shown. */
export const useCatalog = ({ search, category, tag, sort }: CatalogFilter) => {
  const { client } = useSouk()
  const query = [search, category, tag, sort].join('\n')
  const [more, setMore] = useState<{ readonly query: string; readonly pages: number }>({ query, pages: 1 })
  const pages = more.query === query ? more.pages : 1
  const shown = useRef<{ readonly query: string; readonly load: Load<Catalog> } | null>(null)

  const load = useCallback(async (): Promise<Catalog> => {
    const apps: CatalogApp[] = []
    let cursor: string | null | undefined
    for (let page = 0; page < pages && cursor !== null; page += 1) {
      const { items, nextCursor } = await client.catalog({
        search: search || undefined,
        category: category || undefined,
        tag: tag || undefined,
        sort,
        cursor,
      })
      apps.push(...items)
      cursor = nextCursor
    }
    return { apps, hasMore: cursor !== null }
  }, [client, search, category, tag, sort, pages])

  const current = useLoad(load)
  if (current.status === 'ready') shown.current = { query, load: current }
  if (current.status === 'failed') shown.current = null
  // What is shown stays until the next answer: a list must not flash while the user types.
  const isWaiting = current.status === 'loading' && shown.current !== null
  return {
    result: isWaiting && shown.current ? shown.current.load : current,
    isLoadingMore: isWaiting && shown.current?.query === query,
    showMore: () => setMore({ query, pages: pages + 1 }),
  }
}
