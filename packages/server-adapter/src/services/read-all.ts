import type { PageOf, PageRequest } from '../storage'

/** Every row of a list, page by page, for rules that have to look at all of them. */
export const readAll = async <T>(read: (page: PageRequest) => Promise<PageOf<T>>): Promise<readonly T[]> => {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ limit: 100, cursor })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}
