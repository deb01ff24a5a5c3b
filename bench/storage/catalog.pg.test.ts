import type { CatalogQuery } from '@souk/server-adapter/storage'
import { createPostgresStorage, fromPool, migrate } from '@souk/storage-pg'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
// Brings the type of `inject('databaseUrl')`.
import type {} from '../../test/support/postgres-global-setup'
import type { DataSet } from './data-sets'
import { CATEGORY, COMMON_WORD, categoryOf, idOf, isPublished, load, rareWord, titleOf } from './load'

const SET: DataSet = {
  accounts: 500,
  apps: 10_000,
  deployments: 20_000,
  organizations: 1_000,
  installations: 1_000,
  settings: 1_000,
  functionCalls: 1_000,
  auditEntries: 1_000,
}
const schema = 'souk_catalog'
const pool = new pg.Pool({ connectionString: inject('databaseUrl'), max: 2 })
const storage = createPostgresStorage({ database: fromPool(pool), schema })

const installCount = (app: number): number => (app * 37) % 101
const PUBLISHED = Array.from({ length: SET.apps }, (_, app) => app).filter(isPublished)
const byTitle = (a: number, b: number): number => (titleOf(a) < titleOf(b) ? -1 : 1)

beforeAll(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`)
  await migrate(fromPool(pool), { schema })
  const client = await pool.connect()
  await load(client, schema, SET)
  client.release(true)
  await pool.query(`update ${schema}.app set install_count = (substr(id, 4)::int * 37) % 101`)
})

afterAll(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

/** The numbers of the apps, in the order in which all pages show them. */
const walk = async (query: Partial<CatalogQuery>): Promise<readonly number[]> => {
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await storage.apps.searchCatalog({
      organizationId: 'nobody',
      limit: 100,
      cursor,
      ...query,
    })
    seen.push(...items.map(({ app }) => Number(app.id.slice(3))))
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return seen
}

test.each([
  ['by title', {}, PUBLISHED.toSorted(byTitle)],
  [
    'by installations',
    { sort: 'installs' },
    PUBLISHED.toSorted((a, b) => installCount(b) - installCount(a) || byTitle(a, b)),
  ],
  ['the newest first', { sort: 'newest' }, PUBLISHED.toReversed()],
  ['of one category', { category: CATEGORY }, PUBLISHED.filter((app) => categoryOf(app) === CATEGORY).sort(byTitle)],
  [
    'with a word',
    { search: COMMON_WORD },
    PUBLISHED.filter((app) => titleOf(app).split(' ').includes(COMMON_WORD)).sort(byTitle),
  ],
] as const)('ten thousand apps %s are all there, once, and in order', async (_, query, expected) => {
  expect(expected.length).toBeGreaterThan(100)
  expect(await walk(query)).toEqual(expected)
})

test('one app among ten thousand is found by a word of its description and by its title, and what is not published is not', async () => {
  for (let app = 0; app < SET.apps; app += 97) {
    // Words are searched by their beginnings.
    const expected = PUBLISHED.filter((other) => rareWord(other).startsWith(rareWord(app)))
    expect(await walk({ search: rareWord(app) })).toEqual(expected.sort(byTitle))
    const [first] = await walk({ search: titleOf(app) })
    if (isPublished(app)) expect(first).toBe(app)
    else expect(first).not.toBe(app)
  }
})

test('what is aimed at an organization is in its catalogue alone', async () => {
  const aimed = 110
  expect(await walk({ search: titleOf(aimed), organizationId: idOf('org', aimed % SET.organizations) })).toContain(
    aimed,
  )
  expect(await walk({ search: titleOf(aimed) })).not.toContain(aimed)
})
