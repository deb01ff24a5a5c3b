import { type BundleStore, isRecord, StorageError } from '@souk/server-adapter/storage'
import type { Database } from '../database'
import { selectExactlyOne, selectOne } from '../rows'
import { BUNDLE } from '../tables'

export const createBundleStore = (database: Database, s: string): BundleStore => {
  const record = `${BUNDLE.json('b')}::text as record`
  const byContent = `select ${record} from ${s}.app_bundle b where b.app_id = $1 and b.bundle_type = $2 and b.sha256 = $3`

  return {
    async put(bundle, content) {
      const inserted = await selectOne(
        database,
        BUNDLE,
        `insert into ${s}.app_bundle as b (${BUNDLE.columns}, content) values (${BUNDLE.values}, $${BUNDLE.size + 1})
        on conflict on constraint app_bundle_content_key do nothing returning ${record}`,
        [...BUNDLE.params(bundle), content],
      )
      // Nothing inserted: the bytes are there, and bundles are never deleted.
      return inserted ?? selectExactlyOne(database, BUNDLE, byContent, [bundle.appId, bundle.bundleType, bundle.sha256])
    },
    get: (id) => selectOne(database, BUNDLE, `select ${record} from ${s}.app_bundle b where b.id = $1`, [id]),
    find: (appId, bundleType, sha256) => selectOne(database, BUNDLE, byContent, [appId, bundleType, sha256]),
    async content(id) {
      const [row] = await database.query(
        `select encode(content, 'base64') as content from ${s}.app_bundle where id = $1`,
        [id],
      )
      return parseContent(row)
    },
    async clientContentByHash(sha256) {
      const [row] = await database.query(
        `select encode(content, 'base64') as content from ${s}.app_bundle
        where bundle_type = 'client' and sha256 = $1 limit 1`,
        [sha256],
      )
      return parseContent(row)
    },
  }
}

// Base64, because it reads the same with every driver and is smaller on the wire than the hex of bytea.
const parseContent = (row: unknown): Uint8Array | null => {
  if (row === undefined) return null
  if (!isRecord(row) || typeof row.content !== 'string')
    throw new StorageError('CORRUPT_ROW', 'The content of a bundle cannot be read. Restore the row of app_bundle.')
  return new Uint8Array(Buffer.from(row.content, 'base64'))
}
