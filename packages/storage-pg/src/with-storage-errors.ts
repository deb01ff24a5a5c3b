import type { Database } from './database'
import { isRetryable, toStorageError } from './to-storage-error'

const ATTEMPTS = 5

/** A database whose errors are `StorageError`s and whose transactions run again when they collided. */
export const withStorageErrors = (database: Database): Database => {
  const attempts = database.retries === false ? 1 : ATTEMPTS
  return {
    query: (text, params) => attempt(attempts, () => database.query(text, params)),
    transaction: (work) => attempt(attempts, () => database.transaction(work)),
  }
}

const attempt = async <T>(attempts: number, work: () => Promise<T>): Promise<T> => {
  for (let made = 1; ; made++) {
    try {
      return await work()
    } catch (error) {
      if (made === attempts || !isRetryable(error)) throw toStorageError(error)
      // At a random moment, so that the two do not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * made))
    }
  }
}
