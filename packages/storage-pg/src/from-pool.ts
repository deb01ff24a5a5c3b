import { cleanParams } from './clean-params'
import type { Database } from './database'

interface Result {
  readonly rows: readonly unknown[]
}

/** What is used of a client of `pg`. */
export interface PoolClientLike {
  query(text: string, params?: unknown[]): Promise<Result>
  release(destroy?: boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** What is used of a `pg.Pool`. */
export interface PoolLike {
  query(text: string, params?: unknown[]): Promise<Result>
  connect(): Promise<PoolClientLike>
  listenerCount(event: 'error'): number
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** A database behind a pool of `pg`. The pool stays yours: end it yourself. */
export const fromPool = (pool: PoolLike): Database => {
  // An idle connection that the server ends is replaced by the pool; unheard, its error would end the process.
  if (pool.listenerCount('error') === 0) pool.on('error', ignore)

  return {
    async query(text, params) {
      return (await pool.query(text, cleanParams(params))).rows
    },
    async transaction(work) {
      const client = await pool.connect()
      // While a client is out of the pool, nobody else hears that its connection ended; its queries reject anyway.
      client.on('error', ignore)
      let broken = false
      try {
        // Said aloud: the database may have another default, and conditional updates rely on seeing what was committed.
        await client.query('begin isolation level read committed')
        const result = await work({
          query: async (text, params) => (await client.query(text, cleanParams(params))).rows,
        })
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      } finally {
        client.off('error', ignore)
        client.release(broken)
      }
    },
  }
}

const ignore = (): void => {}
