/** Runs one statement with `$1`, `$2`, ... as parameters. Rows are `unknown` until parsed. */
export interface Queryable {
  query(text: string, params?: readonly unknown[]): Promise<readonly unknown[]>
}

/** The seam between the storage and a Postgres driver. */
export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it rejects. Only `tx` may be used inside. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
}
