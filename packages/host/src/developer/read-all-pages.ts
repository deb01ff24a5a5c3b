import type { Page } from '@souk/extension-sdk/protocol'

/** Every item of a list that is never long, such as the accounts of one person. */
export const readAllPages = async <T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page: Page<T> = await read(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}
