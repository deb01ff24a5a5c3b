import {
  type ConnectionStore,
  createCursor,
  type OAuthClientStore,
  pageSize,
  parseCursor,
} from '@souk/server-adapter/storage'
import type { Database } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import type { Scopes } from '../scopes'
import { CONNECTION, OAUTH_CLIENT, OAUTH_STATE } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

/** The columns of a change, in the order of its parameters. */
const CHANGES = [
  ['label', 'label', ''],
  ['status', 'status', ''],
  ['variables', 'variables', '::text::json'],
  ['sealed', 'sealed', ''],
  ['expiresAt', 'expires_at', '::timestamptz'],
] as const

export const createConnectionStore = (scopes: Scopes, s: string): ConnectionStore => {
  const record = `${CONNECTION.json('c')}::text as record`

  return {
    create: (connection) =>
      selectExactlyOne(
        scopes.organization(connection.organizationId),
        CONNECTION,
        `insert into ${s}.connection as c (${CONNECTION.columns}) values (${CONNECTION.values}) returning ${record}`,
        CONNECTION.params(connection),
      ),
    get: (organizationId, id) =>
      selectOne(
        scopes.organization(organizationId),
        CONNECTION,
        `select ${record} from ${s}.connection c where c.id = $1 and c.organization_id = $2`,
        [id, organizationId],
      ),
    list: (organizationId, installationId) =>
      selectAll(
        scopes.organization(organizationId),
        CONNECTION,
        `select ${record} from ${s}.connection c where c.installation_id = $1 and c.organization_id = $2
        order by c.created_at, c.seq`,
        [installationId, organizationId],
      ),
    change(organizationId, id, revision, change) {
      const params: unknown[] = [id, organizationId, revision, change.updatedAt.toISOString()]
      const sets = CHANGES.flatMap(([key, column, cast]) => {
        const value = change[key]
        if (value === undefined) return []
        params.push(key === 'variables' ? JSON.stringify(value) : value instanceof Date ? value.toISOString() : value)
        return [`${column} = $${params.length}${cast}`]
      })
      return selectOne(
        scopes.organization(organizationId),
        CONNECTION,
        `update ${s}.connection as c set ${[
          ...sets,
          'updated_at = $4::timestamptz',
          'revision = c.revision + 1',
          'claimed_until = null',
        ].join(', ')}
        where c.id = $1 and c.organization_id = $2 and c.revision = $3::float8 returning ${record}`,
        params,
      )
    },
    async claim(organizationId, id, revision, now, until) {
      // Two at once: the second waits for the row, and then finds it claimed.
      const claimed = await scopes.organization(organizationId).query(
        `update ${s}.connection set claimed_until = $5::timestamptz
        where id = $1 and organization_id = $2 and revision = $3::float8
          and (claimed_until is null or claimed_until <= $4::timestamptz) returning 1 as claimed`,
        [id, organizationId, revision, now.toISOString(), until.toISOString()],
      )
      return claimed.length > 0
    },
    async remove(organizationId, id) {
      const removed = await scopes
        .organization(organizationId)
        .query(`delete from ${s}.connection where id = $1 and organization_id = $2 returning 1 as removed`, [
          id,
          organizationId,
        ])
      return removed.length > 0
    },
    async putState(state) {
      await scopes
        .organization(state.organizationId)
        .query(
          `insert into ${s}.oauth_state (${OAUTH_STATE.columns}) values (${OAUTH_STATE.values})`,
          OAUTH_STATE.params(state),
        )
    },
    // Whose it is, is known only from the row: the caller compares it with who came back.
    takeState: (stateHash, now) =>
      scopes.platform.transaction(async (tx) => {
        const state = await selectOne(
          tx,
          OAUTH_STATE,
          `delete from ${s}.oauth_state as o where o.state_hash = $1 returning ${OAUTH_STATE.json('o')}::text as record`,
          [stateHash],
        )
        await tx.query(
          `delete from ${s}.oauth_state where state_hash in (
            select state_hash from ${s}.oauth_state where expires_at <= $1::timestamptz limit 100 for update skip locked)`,
          [now.toISOString()],
        )
        return state && state.expiresAt > now ? state : null
      }),
    listAll: (page) =>
      orderedPage(
        scopes.platform,
        s,
        CONNECTION,
        { list: 'connections', where: 'true', params: [], newestFirst: false, time: CREATED },
        page,
      ),
  }
}

export const createOAuthClientStore = (database: Database, s: string): OAuthClientStore => {
  const record = `${OAUTH_CLIENT.json('c')}::text as record`

  return {
    async put(client) {
      await database.query(
        `insert into ${s}.oauth_client (${OAUTH_CLIENT.columns}) values (${OAUTH_CLIENT.values})
        on conflict (app_id, definition_id) do update
        set client_id = excluded.client_id, sealed_secret = excluded.sealed_secret, updated_at = excluded.updated_at`,
        OAUTH_CLIENT.params(client),
      )
    },
    get: (appId, definitionId) =>
      selectOne(
        database,
        OAUTH_CLIENT,
        `select ${record} from ${s}.oauth_client c where c.app_id = $1 and c.definition_id = $2`,
        [appId, definitionId],
      ),
    list: (appId) =>
      selectAll(
        database,
        OAUTH_CLIENT,
        `select ${record} from ${s}.oauth_client c where c.app_id = $1 order by c.definition_id`,
        [appId],
      ),
    async remove(appId, definitionId) {
      const removed = await database.query(
        `delete from ${s}.oauth_client where app_id = $1 and definition_id = $2 returning 1 as removed`,
        [appId, definitionId],
      )
      return removed.length > 0
    },
    async listAll({ cursor, limit }) {
      const size = pageSize(limit)
      const [app, definition] =
        cursor === undefined ? ['', ''] : parseCursor('oauth-clients', cursor, ['string', 'string'])
      const rows = await selectAll(
        database,
        OAUTH_CLIENT,
        `select ${record} from ${s}.oauth_client c where (c.app_id, c.definition_id) > ($1, $2)
        order by c.app_id, c.definition_id limit $3::int`,
        [app, definition, size + 1],
      )
      const items = rows.slice(0, size)
      const last = items.at(-1)
      return {
        items,
        nextCursor: last && rows.length > size ? createCursor('oauth-clients', [last.appId, last.definitionId]) : null,
      }
    },
    async replaceSecret({ appId, definitionId, sealedSecret: read }, sealedSecret) {
      const replaced = await database.query(
        `update ${s}.oauth_client set sealed_secret = $4
        where app_id = $1 and definition_id = $2 and sealed_secret = $3 returning 1 as replaced`,
        [appId, definitionId, read, sealedSecret],
      )
      return replaced.length > 0
    },
  }
}
