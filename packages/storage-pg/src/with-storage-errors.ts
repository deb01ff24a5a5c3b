import type { Database } from './database'
import { isRetryable, toStorageError } from './to-storage-error'

const ATTEMPTS = 5

/** A database whose errors are `StorageError`s and whose transactions run again when they collided. */
export const withStorageErrors = (database: Database): Database => ({
  query: (text, params) => attempt(() => database.query(text, params)),
  transaction: (work) => attempt(() => database.transaction(work)),
})

const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let remaining = ATTEMPTS - 1; ; remaining--) {
    try {
      return await work()
    } catch (error) {
      if (remaining === 0 || !isRetryable(error)) throw toStorageError(error)
      // At a random moment, so that the two do not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (ATTEMPTS - remaining)))
    }
  }
}
