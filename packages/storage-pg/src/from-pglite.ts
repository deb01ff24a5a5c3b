import { cleanParams } from './clean-params'
import type { Database } from './database'

interface PgliteQueryable {
  query(text: string, params?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** What is used of a `PGlite`. */
export interface PgliteLike extends PgliteQueryable {
  transaction<T>(work: (tx: PgliteQueryable) => Promise<T>): Promise<T>
}

/** A database inside this process. It has one session: transactions wait for each other. */
export const fromPglite = (pglite: PgliteLike): Database => ({
  async query(text, params) {
    return (await pglite.query(text, cleanParams(params))).rows
  },
  transaction: (work) =>
    // Inside, only the handle of the transaction may be used: a query on the database would wait for it for ever.
    pglite.transaction((tx) =>
      work({ query: async (text, params) => (await tx.query(text, cleanParams(params))).rows }),
    ),
})
