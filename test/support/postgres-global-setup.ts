import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** A database in which tests may create schemas. */
    databaseUrl: string
  }
}

/** One server for the whole run; `DATABASE_URL` wins, for another version or machine. */
export default async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const given = process.env.DATABASE_URL
  if (given) {
    project.provide('databaseUrl', given)
    return undefined
  }
  const { url, stop } = await startPostgres()
  project.provide('databaseUrl', url)
  return stop
}
