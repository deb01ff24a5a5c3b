export type StorageErrorCode =
  | 'CONFLICT'
  | 'QUOTA_EXCEEDED'
  | 'UNAVAILABLE'
  | 'INVALID_CURSOR'
  | 'CORRUPT_ROW'
  | 'DATA_FOLDER_LOCKED'
  | 'DATABASE_NEWER'
  | 'DATABASE_NOT_MIGRATED'
  | 'INVALID_SCHEMA_NAME'
  | 'EXPORT_INVALID'

/** What every storage throws. `UNAVAILABLE` may be tried again; the others will not get better by it. */
export class StorageError extends Error {
  override readonly name = 'StorageError'

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

/** Recognised by code and name, so that two copies of this module in one process still understand one another. */
export const isStorageError = (value: unknown): value is StorageError =>
  value instanceof Error && value.name === 'StorageError' && 'code' in value
