import type { Database, Queryable } from './database'

/** Databases whose statements say whose rows they are about, for when row security is on. */
export interface Scopes {
  /** @param installationId Of an installation that the statement itself creates. */
  readonly organization: (organizationId: string, installationId?: string) => Database
  readonly installation: (installationId: string) => Database
  /** All of them: for what the platform does across organizations. */
  readonly platform: Database
}

/** Without row security the scopes are the database itself, and cost nothing. */
export const createScopes = (database: Database, rowSecurity: boolean): Scopes =>
  rowSecurity
    ? {
        organization: (id, installationId = '') => scoped(database, [id, installationId, '']),
        installation: (id) => scoped(database, ['', id, '']),
        platform: scoped(database, ['', '', 'platform']),
      }
    : { organization: () => database, installation: () => database, platform: database }

const scoped = (database: Database, scope: readonly [string, string, string]): Database => {
  const transaction = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> =>
    database.transaction(async (tx) => {
      // True: until the end of the transaction, so that the connection goes back to its pool without them.
      await tx.query(
        `select set_config('souk.organization_id', $1, true), set_config('souk.installation_id', $2, true),
          set_config('souk.scope', $3, true)`,
        scope,
      )
      return work(tx)
    })
  return { transaction, query: (text, params) => transaction((tx) => tx.query(text, params)) }
}
