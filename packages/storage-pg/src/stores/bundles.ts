import { createHash } from 'node:crypto'
import { type BundleRecord, type BundleStore, isRecord, StorageError } from '@souk/server-adapter/storage'
import type { BundleContents } from '../bundle-contents'
import type { Database, Queryable } from '../database'
import { selectOne } from '../rows'
import { BUNDLE } from '../tables'

/** @param contents Where the bytes of new bundles go; the database itself when it is left out. */
export const createBundleStore = (database: Database, s: string, contents?: BundleContents): BundleStore => {
  const record = `${BUNDLE.json('b')}::text as record`
  const byContent = 'b.app_id = $1 and b.bundle_type = $2 and b.sha256 = $3'

  /** The bundle with these bytes, if it is there: it counts as uploaded now, which keeps it from being removed as unused. */
  const touch = (tx: Queryable, bundle: BundleRecord) =>
    selectOne(
      tx,
      BUNDLE,
      `update ${s}.app_bundle as b set uploaded_at = greatest(b.uploaded_at, $4::timestamptz)
      where ${byContent} returning ${record}`,
      [bundle.appId, bundle.bundleType, bundle.sha256, bundle.createdAt.toISOString()],
    )

  const insert = (tx: Queryable, bundle: BundleRecord, content: Uint8Array | null) =>
    selectOne(
      tx,
      BUNDLE,
      `insert into ${s}.app_bundle as b (${BUNDLE.columns}, uploaded_at, content)
      values (${BUNDLE.values}, $${BUNDLE.size + 1}::timestamptz, $${BUNDLE.size + 2}) returning ${record}`,
      [...BUNDLE.params(bundle), bundle.createdAt.toISOString(), content],
    )

  /** Runs with the uploads of an app one at a time, so that two together cannot pass a quota that each of them keeps. */
  const store = (bundle: BundleRecord, content: Uint8Array | null, quota: number | undefined) =>
    database.transaction(async (tx) => {
      await tx.query(`select 1 from ${s}.app where id = $1 for no key update`, [bundle.appId])
      const existing = await touch(tx, bundle)
      if (existing) return existing
      if (quota !== undefined) await checkQuota(tx, s, bundle, quota)
      if (content === null) await finishUpload(tx, s, bundle.id)
      return insert(tx, bundle, content)
    })

  const storeOutside = async (outside: BundleContents, bundle: BundleRecord, content: Uint8Array, quota?: number) => {
    ensureHash(bundle, content)
    const existing = await database.transaction(async (tx) => {
      const found = await touch(tx, bundle)
      if (found) return found
      if (quota !== undefined) await checkQuota(tx, s, bundle, quota)
      await tx.query(`insert into ${s}.bundle_upload (id, app_id, created_at) values ($1, $2, $3::timestamptz)`, [
        bundle.id,
        bundle.appId,
        bundle.createdAt.toISOString(),
      ])
      return null
    })
    if (existing) return existing
    // Under the id of this bundle alone: nobody else's clean-up can take it, and its removal takes nobody else's.
    await outside.put(bundle.id, content)
    // When somebody stored the same bytes meanwhile, what was put for this one is left to `removeUnused`, which knows of it.
    return store(bundle, null, quota)
  }

  const contentOf = async (row: unknown): Promise<Uint8Array | null> => {
    if (row === undefined) return null
    if (!isRecord(row) || typeof row.id !== 'string' || typeof row.sha256 !== 'string')
      throw corrupt('a row of app_bundle')
    if (typeof row.content === 'string') return new Uint8Array(Buffer.from(row.content, 'base64'))
    if (!contents) throw corrupt(`the bundle ${row.id}, whose bytes are in an object store: pass it as \`contents\``)
    const content = await contents.get(row.id)
    if (!content || hashOf(content) !== row.sha256) throw corrupt(`the bundle ${row.id} in the object store`)
    return content
  }
  // Base64, because it reads the same with every driver and is smaller on the wire than the hex of bytea.
  const columns = `id, sha256, encode(content, 'base64') as content`

  return {
    async put(bundle, content, quota) {
      const stored = contents
        ? await storeOutside(contents, bundle, content, quota?.appBytes)
        : await store(bundle, content, quota?.appBytes)
      if (!stored) throw new TypeError('An insert that returns its row returned none.')
      return stored
    },
    get: (id) => selectOne(database, BUNDLE, `select ${record} from ${s}.app_bundle b where b.id = $1`, [id]),
    find: (appId, bundleType, sha256) =>
      selectOne(database, BUNDLE, `select ${record} from ${s}.app_bundle b where ${byContent}`, [
        appId,
        bundleType,
        sha256,
      ]),
    async content(id) {
      const [row] = await database.query(`select ${columns} from ${s}.app_bundle where id = $1`, [id])
      return contentOf(row)
    },
    async clientContentByHash(sha256) {
      const [row] = await database.query(
        `select ${columns} from ${s}.app_bundle where bundle_type = 'client' and sha256 = $1 limit 1`,
        [sha256],
      )
      return contentOf(row)
    },
    async removeUnused(uploadedBefore) {
      let removed = 0
      for (let batch = BATCH; batch === BATCH; removed += batch) batch = await removeSome(database, s, uploadedBefore)
      if (contents) await removeUnfinished(database, s, contents, uploadedBefore)
      return removed
    },
  }
}

const BATCH = 100

/** One batch. Its rows are locked first and then looked at again: what was deployed or uploaded meanwhile stays. */
const removeSome = (database: Database, s: string, before: Date): Promise<number> =>
  database.transaction(async (tx) => {
    const isUnused = `not exists (select 1 from ${s}.app_deployment d where d.client_bundle_id = b.id)
      and not exists (select 1 from ${s}.app_deployment d where d.server_bundle_id = b.id)`
    const locked = await tx.query(
      `select b.id from ${s}.app_bundle b where b.uploaded_at < $1::timestamptz and ${isUnused}
      order by b.uploaded_at limit ${BATCH} for update of b skip locked`,
      [before.toISOString()],
    )
    await tx.query(`select set_config('souk.removing_unused', 'on', true)`)
    // Bytes in the object store are noted as an upload that was not finished, and removed as such.
    const gone = await tx.query(
      `with gone as (
        delete from ${s}.app_bundle b where b.id = any($1::text[]) and ${isUnused} returning b.id, b.app_id, b.content
      ), noted as (
        insert into ${s}.bundle_upload (id, app_id, created_at) select id, app_id, 'epoch' from gone where content is null
      )
      select id from gone`,
      [idsOf(locked)],
    )
    await tx.query(`select set_config('souk.removing_unused', '', true)`)
    return gone.length
  })

/** Removes what was put into the object store and has no row. Each is locked until it is gone, so that no upload ends with it meanwhile. */
const removeUnfinished = async (database: Database, s: string, contents: BundleContents, before: Date) => {
  const rows = await database.query(
    `select u.id from ${s}.bundle_upload u where u.created_at < $1::timestamptz order by u.created_at limit 1000`,
    [before.toISOString()],
  )
  for (const id of idsOf(rows))
    await database.transaction(async (tx) => {
      const locked = await tx.query(`select 1 from ${s}.bundle_upload where id = $1 for update skip locked`, [id])
      if (locked.length === 0) return
      await contents.remove(id)
      await tx.query(`delete from ${s}.bundle_upload where id = $1`, [id])
    })
}

const finishUpload = async (tx: Queryable, s: string, id: string): Promise<void> => {
  const noted = await tx.query(`delete from ${s}.bundle_upload where id = $1 returning id`, [id])
  if (noted.length === 0)
    throw new StorageError(
      'UNAVAILABLE',
      'The upload took so long that its bytes were removed as unused. Upload again.',
    )
}

const checkQuota = async (tx: Queryable, s: string, bundle: BundleRecord, appBytes: number): Promise<void> => {
  const [row] = await tx.query(
    `select (coalesce(sum(size_bytes), 0) + $2::int)::text as total from ${s}.app_bundle where app_id = $1`,
    [bundle.appId, bundle.sizeBytes],
  )
  const total = Number(isRecord(row) ? row.total : Number.NaN)
  if (!(total <= appBytes))
    throw new StorageError(
      'QUOTA_EXCEEDED',
      `The bundles of the app would come to ${total} bytes; it may have ${appBytes}.`,
    )
}

const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** What a constraint checks of bytes in the database. */
const ensureHash = ({ sha256, sizeBytes }: BundleRecord, content: Uint8Array): void => {
  if (hashOf(content) !== sha256 || content.byteLength !== sizeBytes)
    throw new StorageError(
      'CONFLICT',
      'The bytes do not have the hash or size of the bundle. Bundles are stored under the SHA-256 of their content.',
    )
}

const idsOf = (rows: readonly unknown[]): readonly string[] =>
  rows.map((row) => {
    if (!isRecord(row) || typeof row.id !== 'string') throw corrupt('a row of app_bundle')
    return row.id
  })

const corrupt = (what: string): StorageError =>
  new StorageError('CORRUPT_ROW', `The content cannot be read of ${what}. Restore it from a backup.`)
