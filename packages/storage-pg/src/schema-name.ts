import { StorageError } from '@souk/server-adapter/storage'

export const DEFAULT_SCHEMA = 'souk'

/**
 * Checks the name of a SQL schema and quotes it, so that it can stand in a statement.
 *
 * @throws {StorageError} `INVALID_SCHEMA_NAME`
 */
export const quoteSchema = (schema: string): string => {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema.startsWith('pg_')) {
    throw new StorageError(
      'INVALID_SCHEMA_NAME',
      `${JSON.stringify(schema)} cannot be the schema of Souk's tables. A name has 1 to 63 lower-case letters, digits and ` +
        'underscores, and does not begin with a digit or pg_. Choose another.',
    )
  }
  return `"${schema}"`
}
