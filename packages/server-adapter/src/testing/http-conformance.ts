import { type HttpCases, runHttpCase } from './http-case'
import { socketCases } from './http-cases/socket'
import { soukCases, soukSocketCases } from './http-cases/souk'
import { translationCases } from './http-cases/translation'
import type { Mount } from './http-mount'

export type { HttpMount, Mount, MountedServer, MountOptions } from './http-mount'

export interface HttpConformanceOptions {
  /** The runner's: `test` of Vitest, Jest or `node:test`. */
  readonly test: (name: string, run: () => Promise<void>) => unknown
  /** Starts a product with the adapter in it. Called at least once for each case, which closes it. */
  readonly mount: Mount
  /** Whether the mounts listen, so that what only a connection can show is tested, too. */
  readonly overSocket: boolean
  /** How long a case waits for what has to come. Default: 20,000. */
  readonly patienceMs?: number
}

/**
 * Registers one test for each thing that a framework adapter has to do: methods, addresses, headers, bodies and their ends arrive and come
 * back as they are, whatever framework stands between.
 */
export const httpConformance = ({ test, mount, overSocket, patienceMs = 20_000 }: HttpConformanceOptions): void => {
  const cases: HttpCases = {
    ...translationCases,
    ...soukCases,
    ...(overSocket ? { ...socketCases, ...soukSocketCases } : {}),
  }
  for (const [name, run] of Object.entries(cases)) test(`http: ${name}`, () => runHttpCase(run, mount, patienceMs))
}
