import {
  type ApiKeyRecord,
  type ApiKeyStore,
  createCursor,
  type DeveloperAccountStore,
  type DeveloperMemberRecord,
  pageSize,
  parseCursor,
  StorageError,
} from '@souk/server-adapter/storage'
import { text, time } from '../columns'
import type { Database, Queryable } from '../database'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import { defineTable } from '../table'
import { ACCOUNT, API_KEY, ROLE } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

const MEMBER = defineTable<DeveloperMemberRecord>('developer_account_member', {
  userId: text,
  role: ROLE,
  joinedAt: time,
})
const MEMBER_RECORD = `${MEMBER.json('m')}::text as record`

export const createAccountStore = (database: Database, s: string): DeveloperAccountStore => {
  const record = `${ACCOUNT.json('a')}::text as record`

  return {
    create: (account, ownerUserId) =>
      selectExactlyOne(
        database,
        ACCOUNT,
        `with a as (insert into ${s}.developer_account (${ACCOUNT.columns}) values (${ACCOUNT.values}) returning *),
          m as (insert into ${s}.developer_account_member (developer_account_id, user_id, role, joined_at)
            select a.id, $${ACCOUNT.size + 1}, 'owner', a.created_at from a)
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
    async roleOf(accountId, userId) {
      const member = await selectOne(
        database,
        MEMBER,
        `select ${MEMBER_RECORD} from ${s}.developer_account_member m
        where m.developer_account_id = $1 and m.user_id = $2`,
        [accountId, userId],
      )
      return member?.role ?? null
    },
    async listMembers(accountId, { cursor, limit }) {
      const size = pageSize(limit)
      const [after] = cursor === undefined ? [null] : parseCursor('members', cursor, ['string'])
      const rows = await selectAll(
        database,
        MEMBER,
        `select ${MEMBER_RECORD} from ${s}.developer_account_member m
        where m.developer_account_id = $1 and ($2::text is null or m.user_id > $2) order by m.user_id limit $3::int`,
        [accountId, after, size + 1],
      )
      const items = rows.slice(0, size)
      const last = items.at(-1)
      return { items, nextCursor: last && rows.length > size ? createCursor('members', [last.userId]) : null }
    },
    changeRole: (accountId, userId, { from, to, at }) =>
      database.transaction(async (tx) => {
        await lockMembers(tx, s, accountId)
        const changed = await selectOne(
          tx,
          MEMBER,
          `update ${s}.developer_account_member as m set role = $4
          where m.developer_account_id = $1 and m.user_id = $2 and m.role = $3 returning ${MEMBER_RECORD}`,
          [accountId, userId, from, to],
        )
        if (!changed) return null
        await ensureOwner(tx, s, accountId)
        await revokeInvitationsBy(tx, s, accountId, userId, at)
        return changed
      }),
    removeMember: (accountId, userId, { from, at }) =>
      database.transaction(async (tx) => {
        await lockMembers(tx, s, accountId)
        const removed = await selectOne(
          tx,
          MEMBER,
          `delete from ${s}.developer_account_member as m
          where m.developer_account_id = $1 and m.user_id = $2 and m.role = $3 returning ${MEMBER_RECORD}`,
          [accountId, userId, from],
        )
        if (!removed) return null
        await ensureOwner(tx, s, accountId)
        await tx.query(
          `update ${s}.api_key set revoked_at = $3::timestamptz
          where developer_account_id = $1 and user_id = $2 and revoked_at is null`,
          [accountId, userId, at.toISOString()],
        )
        await revokeInvitationsBy(tx, s, accountId, userId, at)
        return removed
      }),
  }
}

const revokeInvitationsBy = (tx: Queryable, s: string, accountId: string, userId: string, at: Date) =>
  tx.query(
    `update ${s}.developer_invitation set status = 'revoked', answered_by = $2, answered_at = $3::timestamptz
    where developer_account_id = $1 and invited_by = $2 and status = 'pending'`,
    [accountId, userId, at.toISOString()],
  )

/** One change of the members of an account at a time, so that two owners who leave at once do not both see the other stay. */
const lockMembers = (tx: Queryable, s: string, accountId: string) =>
  tx.query(`select 1 from ${s}.developer_account where id = $1 for no key update`, [accountId])

/** Takes the change back when it left no owner. */
const ensureOwner = async (tx: Queryable, s: string, accountId: string): Promise<void> => {
  const owners = await tx.query(
    `select 1 from ${s}.developer_account_member where developer_account_id = $1 and role = 'owner' limit 1`,
    [accountId],
  )
  if (owners.length === 0)
    throw new StorageError('CONFLICT', 'The account would have no owner. Make somebody else an owner first.')
}

export const insertApiKey = (tx: Queryable, s: string, key: ApiKeyRecord): Promise<ApiKeyRecord> =>
  selectExactlyOne(
    tx,
    API_KEY,
    `insert into ${s}.api_key as k (${API_KEY.columns}) values (${API_KEY.values})
    returning ${API_KEY.json('k')}::text as record`,
    API_KEY.params(key),
  )

export const createApiKeyStore = (database: Database, s: string): ApiKeyStore => {
  const record = `${API_KEY.json('k')}::text as record`

  return {
    create: (key) => insertApiKey(database, s, key),
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
    listForUser: (userId, page) =>
      orderedPage(
        database,
        s,
        API_KEY,
        { list: 'keys-of-user', where: 'r.user_id = $4', params: [userId], newestFirst: false, time: CREATED },
        page,
      ),
    revokeOfUser: (userId, id, at) =>
      selectOne(
        database,
        API_KEY,
        `update ${s}.api_key as k set revoked_at = coalesce(k.revoked_at, $3::timestamptz)
        where k.user_id = $1 and k.id = $2 returning ${record}`,
        [userId, id, at.toISOString()],
      ),
    revokeByHash: (keyHash, at) =>
      selectOne(
        database,
        API_KEY,
        `update ${s}.api_key as k set revoked_at = coalesce(k.revoked_at, $2::timestamptz)
        where k.key_hash = $1 returning ${record}`,
        [keyHash, at.toISOString()],
      ),
  }
}
