import {
  type AppValueRecord,
  createCursor,
  isRecord,
  pageSize,
  parseCursor,
  StorageError,
  type ValueQuota,
  type ValueStore,
} from '@souk/server-adapter/storage'
import type { Queryable } from '../database'
import { selectAll, selectOne } from '../rows'
import type { Scopes } from '../scopes'
import { APP_VALUE } from '../tables'

export const createValueStore = (scopes: Scopes, s: string): ValueStore => {
  const record = `${APP_VALUE.json('v')}::text as record`
  const at = 'v.installation_id = $1 and v.connection_id = $2 and v.collection = $3 and v.key = $4'
  const isThere = '(v.expires_at is null or v.expires_at > $5::timestamptz)'

  return {
    get: ({ installationId, connectionId, collection, key }, now) =>
      selectOne(
        scopes.installation(installationId),
        APP_VALUE,
        `select ${record} from ${s}.app_value v where ${at} and ${isThere}`,
        [installationId, connectionId, collection, key, now.toISOString()],
      ),
    set: (value, condition, quota, now) =>
      scopes.installation(value.installationId).transaction(async (tx) => {
        // Writes of an installation one at a time, so that two together cannot pass a quota or a condition that each of them keeps.
        await tx.query(`select 1 from ${s}.app_installation where id = $1 for no key update`, [value.installationId])
        const { installationId, connectionId, collection, key } = value
        const place = [installationId, connectionId, collection, key, now.toISOString()]
        const current = await selectOne(
          tx,
          APP_VALUE,
          `select ${record} from ${s}.app_value v where ${at} and ${isThere}`,
          place,
        )
        if (condition && 'ifAbsent' in condition && current) return false
        if (condition && 'ifEquals' in condition && current?.value !== condition.ifEquals) return false
        await checkQuota(tx, s, value, quota, now)
        await tx.query(
          `insert into ${s}.app_value (${APP_VALUE.columns}) values (${APP_VALUE.values})
          on conflict (installation_id, connection_id, collection, key)
          do update set value = excluded.value, expires_at = excluded.expires_at`,
          APP_VALUE.params(value),
        )
        return true
      }),
    async remove({ installationId, connectionId, collection, key }, now) {
      const removed = await scopes
        .installation(installationId)
        .query(`delete from ${s}.app_value v where ${at} returning ${isThere} as was`, [
          installationId,
          connectionId,
          collection,
          key,
          now.toISOString(),
        ])
      return isRecord(removed[0]) && removed[0].was === true
    },
    async list({ installationId, connectionId, collection, prefix }, now, { cursor, limit }) {
      const size = pageSize(limit)
      const [after] = cursor === undefined ? [''] : parseCursor('values', cursor, ['string'])
      const rows = await selectAll(
        scopes.installation(installationId),
        APP_VALUE,
        `select ${record} from ${s}.app_value v
        where v.installation_id = $1 and v.connection_id = $2 and v.collection = $3 and starts_with(v.key, $4)
          and ${isThere} and v.key > $6 order by v.key limit $7::int`,
        [installationId, connectionId, collection, prefix, now.toISOString(), after, size + 1],
      )
      const items = rows.slice(0, size)
      const last = items.at(-1)
      return { items, nextCursor: last && rows.length > size ? createCursor('values', [last.key]) : null }
    },
    async removeExpired(now) {
      const removed = await scopes.platform.query(
        `delete from ${s}.app_value where expires_at <= $1::timestamptz returning 1 as removed`,
        [now.toISOString()],
      )
      return removed.length
    },
  }
}

const checkQuota = async (tx: Queryable, s: string, value: AppValueRecord, quota: ValueQuota, now: Date) => {
  const { installationId, connectionId, collection, key } = value
  const [row] = await tx.query(
    `select count(*)::text as values, coalesce(sum(octet_length(key) + octet_length(value)), 0)::text as bytes
    from ${s}.app_value v where installation_id = $1 and (v.expires_at is null or v.expires_at > $5::timestamptz)
      and not (connection_id = $2 and collection = $3 and key = $4)`,
    [installationId, connectionId, collection, key, now.toISOString()],
  )
  const values = 1 + Number(isRecord(row) ? row.values : Number.NaN)
  const bytes = Number(isRecord(row) ? row.bytes : Number.NaN) + Buffer.byteLength(key) + Buffer.byteLength(value.value)
  if (!(values <= quota.values && bytes <= quota.bytes))
    throw new StorageError(
      'QUOTA_EXCEEDED',
      `The values of the app here would be ${values}, of ${bytes} bytes together.`,
    )
}
