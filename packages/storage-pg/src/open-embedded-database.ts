import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isStorageError, StorageError } from '@souk/server-adapter/storage'
import type { PgliteLike } from './from-pglite'
import { type FolderLock, lockFolder } from './lock-folder'

/** The parts of a `PGlite` that its owner may use. Its own type would ask for the package, which a product on `pg` does not have. */
export interface EmbeddedPglite extends PgliteLike {
  /** Runs several statements without parameters. */
  exec(statements: string): Promise<unknown>
  readonly closed: boolean
}

export interface EmbeddedDatabase {
  /** Pass it to `fromPglite`. */
  readonly pglite: EmbeddedPglite
  /** Ends the database, then frees the folder. */
  close(): Promise<void>
}

/**
 * Opens Postgres inside this process, with its data in a folder that is created when it is missing.
 *
 * The folder is locked: of two processes on one folder of PGlite, one silently loses what it wrote.
 *
 * @throws {StorageError} `DATA_FOLDER_LOCKED` names the process that has it; `UNAVAILABLE` when the folder cannot be used.
 */
export const openEmbeddedDatabase = async (dataDir: string): Promise<EmbeddedDatabase> => {
  const folder = resolve(dataDir)
  const lock = await lockOrExplain(folder)
  try {
    const { PGlite } = await import('@electric-sql/pglite')
    const pglite = await PGlite.create(join(folder, 'postgres'))
    return {
      pglite,
      async close() {
        try {
          if (!pglite.closed) await pglite.close()
        } finally {
          lock.release()
        }
      },
    }
  } catch (cause) {
    lock.release()
    throw new StorageError(
      'UNAVAILABLE',
      `The embedded database in ${folder} could not be opened. Check that @electric-sql/pglite is installed and the folder is whole.`,
      { cause },
    )
  }
}

const lockOrExplain = async (folder: string): Promise<FolderLock> => {
  try {
    mkdirSync(folder, { recursive: true })
    return await lockFolder(folder)
  } catch (cause) {
    if (isStorageError(cause)) throw cause
    throw new StorageError(
      'UNAVAILABLE',
      `The data folder ${folder} cannot be written. Choose one that this user owns.`,
      {
        cause,
      },
    )
  }
}
