import { cleanParams } from './clean-params'
import type { Database, Queryable } from './database'

/** What is used of a client of `pg`, or of the handle that `pglite.transaction` gives. */
export interface ClientLike {
  query(text: string, params?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/**
 * A database inside a transaction of yours, on a connection of yours: what Souk writes is committed or rolled back with what you write.
 *
 * Each call is a savepoint, so that one that was refused leaves your transaction usable. Begin it before, end it yourself, and do not use
 * the storage afterwards. `UNAVAILABLE` after a serialisation failure means that all of the transaction has to run again.
 */
export const fromClient = (client: ClientLike): Database => {
  let last: Promise<unknown> = Promise.resolve()

  // One after another: savepoints of two calls at once would end each other.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
  const query = async (text: string, params?: readonly unknown[]) =>
    (await client.query(text, cleanParams(params))).rows
  const transaction = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await query('savepoint souk')
      try {
        const result = await work({ query })
        await query('release savepoint souk')
        return result
      } catch (error) {
        // It fails when the connection is gone; then the first error says so already.
        await query('rollback to savepoint souk').catch(() => {})
        await query('release savepoint souk').catch(() => {})
        throw error
      }
    })

  return { retries: false, transaction, query: (text, params) => transaction((tx) => tx.query(text, params)) }
}
