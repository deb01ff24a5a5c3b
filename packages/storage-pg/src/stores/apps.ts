import {
  type AppListingPatch,
  type AppRecord,
  type AppStore,
  type CatalogEntry,
  type CatalogQuery,
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

export const createAppStore = (database: Database, s: string): AppStore => {
  const record = `${APP.json('a')}::text as record`

  /** The published deployment of an app, else the newest development deployment aimed at organization $1. */
  const entries = `select json_build_object('app', ${APP.json('a')}, 'deployment', ${DEPLOYMENT.json('d')},
      'developer', ${ACCOUNT.json('o')})::text as record
    from ${s}.app a
    join ${s}.developer_account o on o.id = a.developer_account_id
    cross join lateral (
      (select * from ${s}.app_deployment p
        where p.app_id = a.id and p.deployment_type = 'production' and p.status = 'published'
        order by p.published_at desc, p.seq desc limit 1)
      union all
      (select * from ${s}.app_deployment v
        where a.publication_status <> 'published' and v.app_id = a.id and v.deployment_type = 'development'
          and v.status = 'active' and v.target_organization_id = $1
        order by v.created_at desc, v.seq desc limit 1)
      limit 1
    ) d`
  const isOffered = `(a.publication_status = 'published' or a.id in (
      select t.app_id from ${s}.app_deployment t
      where t.target_organization_id = $1 and t.deployment_type = 'development' and t.status = 'active'))`

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
    listForAccounts: (accountIds) =>
      selectAll(
        database,
        APP,
        `select ${record} from ${s}.app a where a.developer_account_id = any($1::text[]) order by a.created_at, a.seq`,
        [accountIds],
      ),
    async searchCatalog(query: CatalogQuery) {
      const limit = pageSize(query.limit)
      const [title, id] =
        query.cursor === undefined ? [null, null] : parseCursor('catalog', query.cursor, ['string', 'string'])
      const items = await selectAll(
        database,
        ENTRY,
        `${entries}
        where ${isOffered}
          and ($2::text is null or a.category = $2)
          and not exists (select 1 from unnest($3::text[]) word where strpos(a.search_text, word) = 0)
          and ($4::text is null or (a.sort_title, a.id) > ($4, $5::text))
        order by a.sort_title, a.id limit $6::int`,
        [query.organizationId, query.category ?? null, catalogSearchWords(query.search), title, id, limit + 1],
      )
      const page = items.slice(0, limit)
      const last = page.at(-1)?.app
      return {
        items: page,
        nextCursor:
          last && items.length > limit ? createCursor('catalog', [catalogSortKey(last.title), last.id]) : null,
      }
    },
    catalogEntry: (organizationId, slug) =>
      selectOne(database, ENTRY, `${entries} where ${isOffered} and a.slug = $2`, [organizationId, slug]),
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
