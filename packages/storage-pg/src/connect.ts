import { StorageError } from '@souk/server-adapter/storage'
import type { Database } from './database'
import { fromPglite } from './from-pglite'
import { fromPool } from './from-pool'
import { openEmbeddedDatabase } from './open-embedded-database'

export interface ConnectedDatabase {
  readonly database: Database
  /** Ends the connections, or the embedded database. */
  close(): Promise<void>
}

/**
 * Opens a pool for a connection string. Needs `pg`.
 *
 * @throws {StorageError} `UNAVAILABLE` when `pg` is not installed. Whether the server answers shows at the first statement.
 */
export const connect = async (connectionString: string): Promise<ConnectedDatabase> => {
  const pg = await import('pg').catch((cause: unknown) => {
    throw new StorageError('UNAVAILABLE', 'A connection string needs the package pg. Run `npm install pg`.', { cause })
  })
  const pool = new pg.default.Pool({ connectionString })
  return { database: fromPool(pool), close: () => pool.end() }
}

/** The same for the folder of an embedded database. */
export const connectEmbedded = async (dataDir: string): Promise<ConnectedDatabase> => {
  const { pglite, close } = await openEmbeddedDatabase(dataDir)
  return { database: fromPglite(pglite), close }
}
