import type { DeviceLoginStore } from '@souk/server-adapter/storage'
import { boolean, json } from '../columns'
import type { Database } from '../database'
import { selectExactlyOne, selectOne } from '../rows'
import { defineTable } from '../table'
import { DEVICE_LOGIN } from '../tables'
import { insertApiKey } from './accounts'

const POLLED = defineTable('device_login', {
  login: json((value) => DEVICE_LOGIN.parse(value)),
  tooSoon: boolean,
})

export const createDeviceLoginStore = (database: Database, s: string): DeviceLoginStore => {
  const record = `${DEVICE_LOGIN.json('d')}::text as record`

  return {
    create: (login) =>
      database.transaction(async (tx) => {
        await tx.query(`delete from ${s}.device_login where expires_at <= $1::timestamptz - interval '1 hour'`, [
          login.createdAt.toISOString(),
        ])
        return selectExactlyOne(
          tx,
          DEVICE_LOGIN,
          `insert into ${s}.device_login as d (${DEVICE_LOGIN.columns}) values (${DEVICE_LOGIN.values})
          returning ${record}`,
          DEVICE_LOGIN.params(login),
        )
      }),
    findByUserCode: (hash) =>
      selectOne(database, DEVICE_LOGIN, `select ${record} from ${s}.device_login d where d.user_code_hash = $1`, [
        hash,
      ]),
    decide: (id, { status, userId, developerAccountId, at }) =>
      selectOne(
        database,
        DEVICE_LOGIN,
        `update ${s}.device_login as d set status = $2, user_id = $3, developer_account_id = $4
        where d.id = $1 and d.status = 'pending' and d.expires_at > $5::timestamptz returning ${record}`,
        [id, status, userId, developerAccountId, at.toISOString()],
      ),
    // The row is locked before it is read, so that two questions at once are not both in time.
    poll: (hash, at) =>
      selectOne(
        database,
        POLLED,
        `with b as (select id, coalesce($2::timestamptz < last_polled_at + interval_seconds * interval '1 second', false) as too_soon
            from ${s}.device_login where device_code_hash = $1 for update),
          d as (update ${s}.device_login as l set last_polled_at = $2::timestamptz,
            interval_seconds = l.interval_seconds + case when b.too_soon then 5 else 0 end
            from b where l.id = b.id returning l.*, b.too_soon)
        select json_build_object('login', ${DEVICE_LOGIN.json('d')}, 'tooSoon', d.too_soon)::text as record from d`,
        [hash, at.toISOString()],
      ),
    redeem: (id, key) =>
      database.transaction(async (tx) => {
        const used = await selectOne(
          tx,
          DEVICE_LOGIN,
          `update ${s}.device_login as d set status = 'used' where d.id = $1 and d.status = 'approved' returning ${record}`,
          [id],
        )
        return used && insertApiKey(tx, s, key)
      }),
  }
}
