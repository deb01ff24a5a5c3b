import { fromPglite, fromPool, migrate, openEmbeddedDatabase } from '@souk/storage-pg'
import pg from 'pg'
import type { Environment } from './environment'
import { StartupError } from './startup-error'

/** Runs one statement. Rows are outside data: whoever reads them parses them. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly unknown[]>

/** The one database, in which Souk and the product each have a schema of their own. */
export interface Database {
  readonly query: Query
  /** The statements of `work` take effect together or not at all. Inside, only the given `query` may be used. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** What Souk's storage takes. */
  readonly souk: ReturnType<typeof fromPglite>
  close(): Promise<void>
}

/** Opens the database of the environment and brings Souk's tables up to date. */
export const openDatabase = async ({ dataDir, databaseUrl }: Environment): Promise<Database> => {
  const database = databaseUrl ? await openServer(databaseUrl) : await openEmbedded(dataDir)
  try {
    await migrate(database.souk)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

const openEmbedded = async (dataDir: string): Promise<Database> => {
  const { pglite, close } = await openEmbeddedDatabase(dataDir)
  return {
    query: async (text, values) => (await pglite.query(text, [...(values ?? [])])).rows,
    transaction: (work) =>
      pglite.transaction((tx) => work(async (text, values) => (await tx.query(text, [...(values ?? [])])).rows)),
    souk: fromPglite(pglite),
    close,
  }
}

const openServer = async (databaseUrl: string): Promise<Database> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 5000 })
  // An idle connection that the server ends is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  await pool.query('select 1').catch(async (error: Error) => {
    await pool.end()
    throw new StartupError(
      `The database at DATABASE_URL did not answer (${error.message || 'no connection'}). Check the address and that it runs.`,
    )
  })
  return {
    query: async (text, values) => (await pool.query(text, [...(values ?? [])])).rows,
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work(async (text, values) => (await client.query(text, [...(values ?? [])])).rows)
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        client.release(true)
        throw error
      }
    },
    souk: fromPool(pool),
    close: () => pool.end(),
  }
}
