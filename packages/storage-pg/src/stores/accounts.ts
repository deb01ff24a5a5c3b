import type { ApiKeyStore, DeveloperAccountStore, DeveloperRole } from '@souk/server-adapter/storage'
import { oneOf } from '../columns'
import type { Database } from '../database'
import { selectExactlyOne, selectOne } from '../rows'
import { defineTable } from '../table'
import { ACCOUNT, API_KEY } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

const MEMBER = defineTable<{ readonly role: DeveloperRole }>('developer_account_member', {
  role: oneOf('owner', 'admin', 'member'),
})

export const createAccountStore = (database: Database, s: string): DeveloperAccountStore => {
  const record = `${ACCOUNT.json('a')}::text as record`

  return {
    create: (account, ownerUserId) =>
      selectExactlyOne(
        database,
        ACCOUNT,
        `with a as (insert into ${s}.developer_account (${ACCOUNT.columns}) values (${ACCOUNT.values}) returning *),
          m as (insert into ${s}.developer_account_member (developer_account_id, user_id, role)
            select a.id, $${ACCOUNT.size + 1}, 'owner' from a)
        select ${record} from a`,
        [...ACCOUNT.params(account), ownerUserId],
      ),
    get: (id) => selectOne(database, ACCOUNT, `select ${record} from ${s}.developer_account a where a.id = $1`, [id]),
    listForUser: (userId, page) =>
      orderedPage(
        database,
        s,
        ACCOUNT,
        {
          list: 'accounts',
          where: `r.id in (select m.developer_account_id from ${s}.developer_account_member m where m.user_id = $4)`,
          params: [userId],
          newestFirst: false,
          time: CREATED,
        },
        page,
      ),
    async setMember(accountId, userId, role) {
      await database.query(
        `insert into ${s}.developer_account_member (developer_account_id, user_id, role) values ($1, $2, $3)
        on conflict (developer_account_id, user_id) do update set role = excluded.role`,
        [accountId, userId, role],
      )
    },
    async roleOf(accountId, userId) {
      const member = await selectOne(
        database,
        MEMBER,
        `select ${MEMBER.json('m')}::text as record from ${s}.developer_account_member m
        where m.developer_account_id = $1 and m.user_id = $2`,
        [accountId, userId],
      )
      return member?.role ?? null
    },
  }
}

export const createApiKeyStore = (database: Database, s: string): ApiKeyStore => {
  const record = `${API_KEY.json('k')}::text as record`

  return {
    create: (key) =>
      selectExactlyOne(
        database,
        API_KEY,
        `insert into ${s}.api_key as k (${API_KEY.columns}) values (${API_KEY.values}) returning ${record}`,
        API_KEY.params(key),
      ),
    findByHash: (keyHash) =>
      selectOne(
        database,
        API_KEY,
        `select ${record} from ${s}.api_key k where k.key_hash = $1 and k.revoked_at is null`,
        [keyHash],
      ),
    list: (accountId, page) =>
      orderedPage(
        database,
        s,
        API_KEY,
        {
          list: 'api-keys',
          where: 'r.developer_account_id = $4',
          params: [accountId],
          newestFirst: false,
          time: CREATED,
        },
        page,
      ),
    revoke: (accountId, id, at) =>
      selectOne(
        database,
        API_KEY,
        `update ${s}.api_key as k set revoked_at = coalesce(k.revoked_at, $3::timestamptz)
        where k.developer_account_id = $1 and k.id = $2 returning ${record}`,
        [accountId, id, at.toISOString()],
      ),
  }
}
