/** Runs one statement with `$1`, `$2`, ... as parameters. Rows are `unknown` until parsed. */
export interface Queryable {
  query(text: string, params?: readonly unknown[]): Promise<readonly unknown[]>
}

/**
 * The seam between the storage and a Postgres driver.
 *
 * Statements of Souk are never named, lean on nothing that an earlier statement left in the session, and hold a transaction only on one
 * connection: a pooler in transaction mode, such as PgBouncer, may stand between.
 */
export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it rejects. Only `tx` may be used inside. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  /** False inside a transaction of somebody else, where nothing can be tried again. Default true. */
  readonly retries?: boolean
}
