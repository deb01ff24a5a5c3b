import {
  type AppListingPatch,
  type AppRecord,
  type AppStore,
  type CatalogEntry,
  type CatalogQuery,
  type CatalogSort,
  catalogSearchText,
  catalogSearchWords,
  catalogSortKey,
  createCursor,
  isRecord,
  pageSize,
  parseCursor,
  StorageError,
} from '@souk/server-adapter/storage'
import type { Database, Queryable } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import type { Table } from '../table'
import { ACCOUNT, APP, DEPLOYMENT, LISTING } from '../tables'
import { OFFERED_DEPLOYMENT } from './offered-deployment'
import { CREATED, orderedPage } from './ordered-page'

const ENTRY: Pick<Table<CatalogEntry>, 'parse'> = {
  parse: (value) => {
    if (!isRecord(value)) throw new StorageError('CORRUPT_ROW', 'A row of the catalogue is not an object. Restore it.')
    return {
      app: APP.parse(value.app),
      deployment: DEPLOYMENT.parse(value.deployment),
      developer: ACCOUNT.parse(value.developer),
    }
  },
}

const RANKED: Pick<Table<{ readonly rank: number; readonly title: string; readonly entry: CatalogEntry }>, 'parse'> = {
  parse: (value) => {
    const entry = ENTRY.parse(value)
    const { rank, title } = isRecord(value) ? value : {}
    if (typeof rank !== 'number' || typeof title !== 'string')
      throw new StorageError('CORRUPT_ROW', 'A row of the catalogue has no place in it. Restore it.')
    return { rank, title, entry }
  },
}

/** What comes before the title. */
const SORTS: Readonly<Record<CatalogSort, string>> = {
  title: '0',
  installs: '(-a.install_count)',
  newest: '(-a.seq)',
}

export const createAppStore = (database: Database, s: string): AppStore => {
  const record = `${APP.json('a')}::text as record`

  /**
   * The deployment that organization $1 would get of app `a`: the published one, else the newest that is aimed at it. Each row's own
   * lookups, so that a page costs what a page holds and never a table.
   */
  const entryOf = (
    apps: string,
    extra = '',
  ) => `select json_build_object(${extra}'app', ${APP.json('a')}, 'deployment', ${DEPLOYMENT.json('d')},
      'developer', ${ACCOUNT.json('o')})::text as record
    from ${apps} a
    cross join lateral (select * from ${s}.developer_account where id = a.developer_account_id limit 1) o
    cross join lateral (
      (select * from ${s}.app_deployment p where p.id = (${OFFERED_DEPLOYMENT(s, 'a.id')}))
      union all
      (select * from ${s}.app_deployment v
        where a.publication_status <> 'published' and v.app_id = a.id and v.deployment_type = 'development'
          and v.status = 'active' and v.target_organization_id = $1
        order by v.created_at desc, v.seq desc limit 1)
      limit 1
    ) d`
  const isPublished = `a.publication_status = 'published'`
  // Those few that are aimed at the organization and not published.
  const isAimed = `a.publication_status <> 'published' and a.id in (
    select t.app_id from ${s}.app_deployment t
    where t.target_organization_id = $1 and t.deployment_type = 'development' and t.status = 'active')`

  return {
    create: (app) =>
      selectExactlyOne(
        database,
        APP,
        `insert into ${s}.app as a (${APP.columns}, sort_title, search_text)
        values (${APP.values}, $${APP.size + 1}, $${APP.size + 2}) returning ${record}`,
        [...APP.params(app), catalogSortKey(app.title), catalogSearchText(app)],
      ),
    get: (id) => selectOne(database, APP, `select ${record} from ${s}.app a where a.id = $1`, [id]),
    getBySlug: (slug) => selectOne(database, APP, `select ${record} from ${s}.app a where a.slug = $1`, [slug]),
    updateListing: (id, patch) => database.transaction((tx) => updateListing(tx, s, id, patch)),
    updateTrust: (id, { autoApprove, verified }) =>
      selectOne(
        database,
        APP,
        `update ${s}.app as a set
          auto_approve = coalesce($2::boolean, a.auto_approve), verified = coalesce($3::boolean, a.verified)
        where a.id = $1 returning ${record}`,
        [id, autoApprove ?? null, verified ?? null],
      ),
    listForAccounts: (accountIds, page) =>
      orderedPage(
        database,
        s,
        APP,
        {
          list: 'apps',
          where: 'r.developer_account_id = any($4::text[])',
          params: [accountIds],
          newestFirst: false,
          time: CREATED,
        },
        page,
      ),
    async searchCatalog(query: CatalogQuery) {
      const limit = pageSize(query.limit)
      const words = catalogSearchWords(query.search)
      const params: unknown[] = [query.organizationId, limit + 1]
      const param = (value: unknown) => `$${params.push(value)}`
      const conditions: string[] = []
      let rank = '0'
      if (query.category !== undefined) conditions.push(`a.category = ${param(query.category)}`)
      if (query.tag !== undefined) conditions.push(`a.tags @> array[${param(query.tag)}]::text[]`)
      if (words.length > 0) {
        // Words are letters and digits only, so that quoted they are lexemes and nothing else.
        const text = param(words.map((word) => `'${word}':*`).join(' & '))
        conditions.push(`a.all_words @@ ${text}::tsquery`)
        if (query.sort === undefined)
          rank = `case when a.title_words = array_to_tsvector(${param(words)}::text[]) then 0
          when a.title_words @@ ${text}::tsquery then 1 else 2 end`
      }
      if (query.sort !== undefined) rank = SORTS[query.sort]
      if (query.cursor !== undefined) {
        const [after, title, id] = parseCursor('catalog', query.cursor, ['number', 'string', 'string'])
        const end = `${param(title)}, ${param(id)}`
        conditions.push(
          rank === '0'
            ? `(a.sort_title, a.id) > (${end})`
            : `(${rank}, a.sort_title, a.id) > (${param(after)}::bigint, ${end})`,
        )
      }
      // Each half comes in order from an index of its own, and ends at the page's.
      const half = (isOffered: string) => `(select a.*, ${rank} as rank from ${s}.app a
        where ${[isOffered, ...conditions].join(' and ')} order by rank, a.sort_title, a.id limit $2::int)`
      const rows = await selectAll(
        database,
        RANKED,
        `${entryOf(
          `(select * from (${half(isPublished)} union all ${half(isAimed)}) both_halves
            order by rank, sort_title, id limit $2::int)`,
          `'rank', a.rank, 'title', a.sort_title, `,
        )}
        order by a.rank, a.sort_title, a.id`,
        params,
      )
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        items: page.map(({ entry }) => entry),
        nextCursor:
          last && rows.length > limit ? createCursor('catalog', [last.rank, last.title, last.entry.app.id]) : null,
      }
    },
    catalogEntry: (organizationId, slug) =>
      selectOne(database, ENTRY, `${entryOf(`${s}.app`)} where a.slug = $2 and (${isPublished} or (${isAimed}))`, [
        organizationId,
        slug,
      ]),
  }
}

const updateListing = async (tx: Queryable, s: string, id: string, patch: AppListingPatch) => {
  const record = `${APP.json('a')}::text as record`
  const app = await selectOne(tx, APP, `select ${record} from ${s}.app a where a.id = $1 for no key update`, [id])
  if (!app) return null
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined)
  const changed: AppRecord = { ...app, ...Object.fromEntries(changes) }
  const { size } = LISTING
  return selectExactlyOne(
    tx,
    APP,
    `update ${s}.app as a
    set (${LISTING.columns}, sort_title, search_text) = row(${LISTING.values}, $${size + 1}, $${size + 2})
    where a.id = $${size + 3} returning ${record}`,
    [...LISTING.params(changed), catalogSortKey(changed.title), catalogSearchText(changed), id],
  )
}
