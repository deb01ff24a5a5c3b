// Brings the type of `inject('databaseUrl')`.

import pg from 'pg'
import { inject } from 'vitest'
import type {} from '../../../../test/support/postgres-global-setup'
import type { Database } from '../../src/database'
import { fromPool } from '../../src/from-pool'
import { migrate } from '../../src/migrate'
import { quoteSchema } from '../../src/schema-name'

export interface RealDatabase {
  readonly pool: pg.Pool
  readonly database: Database
  readonly schema: string
  /** Drops the schema and ends the connections. */
  end(): Promise<void>
}

/** A schema of its own on the real server, migrated. */
export const createRealDatabase = async (schema: string, connections = 12): Promise<RealDatabase> => {
  const pool = new pg.Pool({ connectionString: inject('databaseUrl'), max: connections })
  const database = fromPool(pool)
  const drop = () => pool.query(`drop schema if exists ${quoteSchema(schema)} cascade`)
  await drop()
  await migrate(database, { schema })
  return {
    pool,
    database,
    schema,
    async end() {
      await drop()
      await pool.end()
    },
  }
}
