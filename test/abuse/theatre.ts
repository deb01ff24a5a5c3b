import { randomBytes } from 'node:crypto'
import { createService, type Service } from './service'

/** What all programs of a run share. */
export interface Theatre {
  /** In the environment of the host, in a file, with the neighbour, and a credential of the broker. */
  readonly secret: string
  readonly secretVariable: string
  readonly service: Service
}

export const createTheatre = async (): Promise<Theatre> => ({
  secret: `kept-${randomBytes(16).toString('hex')}`,
  secretVariable: 'SOUK_ABUSE_SECRET',
  service: await createService(),
})
