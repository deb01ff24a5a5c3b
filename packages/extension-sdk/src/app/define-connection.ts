import type {
  NoneConnectionDefinition,
  OAuth2ConnectionDefinition,
  SecretConnectionDefinition,
} from '../protocol/connection'

/** What trying a new credential may answer. */
export interface ConnectionTestResult {
  /** What people will know the account by, such as its name at the service. */
  readonly label?: string
}

type TestAnswer = ConnectionTestResult | undefined

interface Tested {
  /**
   * Runs on the server before a new credential is saved. `getConnection()` of `/server` gives the new connection. What it throws is shown
   * to whoever connects, and nothing is saved; `InvalidInputError` names the fields at fault.
   */
  readonly test?: () => TestAnswer | Promise<TestAnswer>
}

type Own<D> = Omit<D, 'id' | 'test'> & Tested

/** What a `*.connection.ts` file exports as its default. Its id is the name of the file. */
export type ConnectionConfig =
  | Own<OAuth2ConnectionDefinition>
  | Own<SecretConnectionDefinition>
  | Own<NoneConnectionDefinition>

/** Checks a connection while you write it and gives it back unchanged. */
export const defineConnection = <const C extends ConnectionConfig>(connection: C): C => connection
