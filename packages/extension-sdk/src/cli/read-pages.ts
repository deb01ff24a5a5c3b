import type { Page } from '../protocol'
import type { ApiOperation, PageQuery, PathParams } from '../protocol/api-operations'
import type { Api, ApiRequest } from './create-api'

/** Every item of a list, page by page. */
export const readPages = async <Path extends string, Item, Body>(
  api: Api,
  operation: ApiOperation<Path, Page<Item>, Body, PageQuery>,
  request: Omit<ApiRequest<PathParams<Path>, Body, PageQuery>, 'query'> = {},
): Promise<readonly Item[]> => {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const { body }: { readonly body: Page<Item> } = await api.send(operation, {
      ...request,
      query: { limit: 100, cursor: cursor ?? undefined },
    })
    items.push(...body.items)
    cursor = body.nextCursor
  } while (cursor !== null)
  return items
}
