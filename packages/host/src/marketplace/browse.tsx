import { CATALOG_SORTS, type CatalogSort } from '@souk/extension-sdk/protocol'
import { useEffect, useState } from 'react'
import { useSouk } from '../souk-context'
import { AppCard } from './app-card'
import { categoryName } from './category-name'
import { Loaded } from './loaded'
import { ScreenHeader } from './screen-header'
import { ShowMore } from './show-more'
import { useCatalog } from './use-catalog'
import { useMessages } from './use-messages'

const TYPING_PAUSE_MS = 250

/** The catalogue: every app that this organization may install. */
export const Browse = () => {
  const messages = useMessages()
  const { Button, EmptyState, SearchInput, Select, Stack } = useSouk().registry.components
  const [search, setSearch] = useState('')
  const [category, setCategory] = useState('')
  const [tag, setTag] = useState('')
  const [sort, setSort] = useState<CatalogSort>('title')
  const settledSearch = useSettled(search.trim())
  const { result, isLoadingMore, showMore } = useCatalog({
    search: settledSearch,
    category,
    tag,
    // The server's own order puts the best match of a search first.
    sort: sort === 'title' ? undefined : sort,
  })
  const shown = result.status === 'ready' ? result.data.apps : []
  const categories = useSeen(shown.flatMap((app) => app.category ?? []))
  const tags = useSeen(shown.flatMap((app) => app.tags))
  const isFiltered = settledSearch !== '' || category !== '' || tag !== ''
  return (
    <>
      <ScreenHeader title={messages.browseTitle} description={messages.browseDescription} />
      <div className="souk-marketplace-filters">
        <SearchInput
          label={messages.search}
          placeholder={messages.searchPlaceholder}
          value={search}
          onChange={setSearch}
        />
        <Select
          label={messages.category}
          value={category || ALL}
          options={[{ value: ALL, label: messages.allCategories }, ...categories.map(toOption)]}
          onChange={(value) => setCategory(value === ALL ? '' : value)}
        />
        {tags.length > 0 ? (
          <Select
            label={messages.tag}
            value={tag || ALL}
            options={[{ value: ALL, label: messages.allTags }, ...tags.map(toOption)]}
            onChange={(value) => setTag(value === ALL ? '' : value)}
          />
        ) : null}
        <Select
          label={messages.sort}
          value={sort}
          options={CATALOG_SORTS.map((value) => ({ value, label: messages.sorts[value] }))}
          onChange={(value) => setSort(CATALOG_SORTS.find((known) => known === value) ?? 'title')}
        />
      </div>
      <Loaded load={result} skeleton={<CardSkeletons />}>
        {({ apps, hasMore }) =>
          apps.length === 0 ? (
            <EmptyState
              title={isFiltered ? messages.noMatches : messages.noApps}
              description={isFiltered ? messages.noMatchesDescription : messages.noAppsDescription}
              actions={
                isFiltered ? (
                  <Button
                    onPress={() => {
                      setSearch('')
                      setCategory('')
                      setTag('')
                    }}
                  >
                    {messages.clearFilters}
                  </Button>
                ) : null
              }
            />
          ) : (
            <Stack gap="large">
              <ul className="souk-marketplace-grid" aria-label={messages.appList}>
                {apps.map((app) => (
                  <li key={app.id}>
                    <AppCard app={app} />
                  </li>
                ))}
              </ul>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </Stack>
          )
        }
      </Loaded>
    </>
  )
}

// A Select needs a value to show its choice; no category may have a name with a space in front.
const ALL = ' all'

const toOption = (name: string) => ({ value: name, label: categoryName(name) })

const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The names seen so far: a filter must not take the others away. */
const useSeen = (names: readonly string[]): readonly string[] => {
  const [seen, setSeen] = useState<readonly string[]>([])
  const fresh = names.filter((name) => !seen.includes(name))
  if (fresh.length > 0) setSeen([...new Set([...seen, ...fresh])].sort((a, b) => a.localeCompare(b)))
  return seen
}

const CardSkeletons = () => {
  const { Card, Skeleton } = useSouk().registry.components
  return (
    <div className="souk-marketplace-grid">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Card key={key}>
          <Skeleton lines={4} />
        </Card>
      ))}
    </div>
  )
}
