import { isStorageError, StorageError } from '@souk/server-adapter/storage'

const SENTENCES: Readonly<Record<string, string>> = {
  developer_account_slug_key: 'The slug of the developer account is taken. Choose another.',
  app_slug_key: 'The slug of the app is taken. Choose another.',
  app_deployment_version_key:
    'The app has a production deployment of this version already. Deployments are immutable; raise the version.',
  app_deployment_under_review_key: 'Another deployment of the app is under review. Withdraw it first.',
  app_deployment_client_bundle_fkey:
    'The client bundle of the deployment is not there, belongs to another app, or was removed as unused. Upload it again.',
  app_deployment_server_bundle_fkey:
    'The server bundle of the deployment is not there, belongs to another app, or was removed as unused. Upload it again.',
  app_deployment_rejection_check: 'A rejection carries a reason of 10 characters or more.',
  app_installation_app_organization_key: 'The app has an installation in this organization already. Change that one.',
}

/**
 * Says what a driver's error means for the caller. The error itself stays as `cause`, on the server.
 * Mistakes of a program (a wrong statement, a missing right) are returned as they are.
 */
export const toStorageError = (error: unknown): unknown => {
  if (isStorageError(error) || error instanceof TypeError || error instanceof RangeError) return error
  const state = sqlState(error)
  if (state === undefined || isUnavailable(state)) {
    return new StorageError('UNAVAILABLE', 'The database did not answer. Try again; if it stays, check that it runs.', {
      cause: error,
    })
  }
  // 42P01 undefined table, 3F000 undefined schema, 42703 undefined column, 42883 undefined function.
  if (['42P01', '3F000', '42703', '42883'].includes(state)) {
    return new StorageError(
      'DATABASE_NOT_MIGRATED',
      "Souk's tables are missing or older than this version. Run migrate(database) before the storage is used.",
      { cause: error },
    )
  }
  // 22: data a column cannot hold. 23: a unique rule, a reference, a check, or one of our triggers.
  if (state.startsWith('22') || state.startsWith('23')) {
    const constraint = constraintOf(error)
    const sentence = SENTENCES[constraint ?? ''] ?? `The change breaks a rule of the data (${constraint ?? state}).`
    return new StorageError('CONFLICT', sentence, { cause: error })
  }
  // Row security refused a row. A missing right has the same state; messages are translated, routines are not.
  if (state === '42501' && field(error, 'routine') === 'ExecWithCheckOptions')
    return new StorageError('CONFLICT', 'The row is not of the organization or installation that the call is for.', {
      cause: error,
    })
  return error
}

/** Two transactions stood in each other's way; one of them may simply run again. */
export const isRetryable = (error: unknown): boolean => {
  const state = sqlState(error)
  return state === '40001' || state === '40P01'
}

// 08 connection, 53 resources, 58 the machine around Postgres, 57P0x shutdown, 57014 cancelled, 55P03 lock wait, 25006 a standby, 40 after its retries.
const isUnavailable = (state: string): boolean =>
  /^(?:08|53|58|40|57P)/.test(state) || ['57014', '55P03', '25006'].includes(state)

/** The five characters by which Postgres says what went wrong; undefined for what did not come from Postgres. */
export const sqlState = (error: unknown): string | undefined => {
  const code = field(error, 'code')
  // With a digit: EPIPE is a code of Node.
  return code !== undefined && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined
}

const constraintOf = (error: unknown): string | undefined => field(error, 'constraint') || undefined

const field = (error: unknown, name: string): string | undefined => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : undefined
}
