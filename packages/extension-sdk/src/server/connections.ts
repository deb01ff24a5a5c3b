import { ConnectionExpiredError, ConnectionNotFoundError } from '../errors/server-errors'
import { type ConnectedAccount, callContext } from './call-context'

/** A connected account of an outside service. */
export interface Connection {
  readonly id: string
  /** The id of its definition: `shopify` for `shopify.connection.ts`. */
  readonly definition: string
  readonly type: 'oauth2-code' | 'secret' | 'none'
  readonly scope: 'organization' | 'user'
  /** What people know the account by. */
  readonly label: string
  /** The access token, or the first field. Absent unless the definition says `reveal: true`. */
  readonly value?: string
  /** The fields by name. Absent as above. */
  readonly fields?: Readonly<Record<string, string>>
  /** What was filled in when it was connected, such as the shop. */
  readonly metadata: Readonly<Record<string, string>>
  /** When the access token ends; it is renewed before that. */
  readonly expiresAt: Date | null
  /** `fetch` with the credential of this account, attached outside of app code to the hosts that the definition names. */
  readonly fetch: typeof globalThis.fetch
}

export interface ConnectionChoice {
  /** The id of the definition. It may be left out when only one fits. */
  readonly definition?: string
  /** One account of several. Default: the one that was connected first. */
  readonly id?: string
}

const withAccount =
  (id: string): typeof globalThis.fetch =>
  (input, init) => {
    const request = new Request(input, init)
    request.headers.set('souk-connection', id)
    return globalThis.fetch(request)
  }

const toConnection = (account: ConnectedAccount): Connection => ({
  id: account.id,
  definition: account.definition,
  type: account.type,
  scope: account.scope,
  label: account.label,
  metadata: account.variables,
  expiresAt: account.expiresAt === null ? null : new Date(account.expiresAt),
  fetch: withAccount(account.id),
  ...(account.value === undefined ? {} : { value: account.value }),
  ...(account.fields === undefined ? {} : { fields: account.fields }),
})

const choose = (choice: ConnectionChoice | string, scope?: 'organization' | 'user'): Connection => {
  const { definition, id } = typeof choice === 'string' ? { definition: choice, id: undefined } : choice
  const fitting = (callContext().connections ?? []).filter(
    (account) =>
      (scope === undefined || account.scope === scope) &&
      (definition === undefined || account.definition === definition) &&
      (id === undefined || account.id === id),
  )
  // One that works is better than one that has expired.
  const account = fitting.find(({ status }) => status === 'active') ?? fitting[0]
  if (!account)
    throw new ConnectionNotFoundError(
      `Nothing is connected${definition === undefined ? '' : ` for ${definition}`}. Connect an account in the settings of the app.`,
      { connection: definition },
    )
  if (account.status === 'expired')
    throw new ConnectionExpiredError(`The connection ${account.label} has expired. Connect it again.`, {
      connection: account.definition,
      connectionId: account.id,
    })
  return toConnection(account)
}

/**
 * A connected account: the organization's, or the one of the user who called.
 *
 * @throws {ConnectionNotFoundError} when nobody connected one; the product offers it, and repeats the call.
 * @throws {ConnectionExpiredError} when it has to be connected again; as above.
 */
export const getConnection = async (choice: ConnectionChoice | string = {}): Promise<Connection> => choose(choice)

/** The same, of the organization's accounts only. */
export const getOrganizationConnection = async (choice: ConnectionChoice | string = {}): Promise<Connection> =>
  choose(choice, 'organization')

/** The same, of the accounts of the user who called only. */
export const getUserConnection = async (choice: ConnectionChoice | string = {}): Promise<Connection> =>
  choose(choice, 'user')

/** Every account of a definition that works, the one that was connected first at the beginning. */
export const listConnections = async (definition?: string): Promise<readonly Connection[]> =>
  (callContext().connections ?? [])
    .filter((account) => account.status === 'active' && (definition === undefined || account.definition === definition))
    .map(toConnection)
