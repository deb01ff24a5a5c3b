import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Query } from './database'

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  title: z.string(),
  role: z.enum(['admin', 'member']),
  reviewer: z.boolean(),
  organization: z.object({ id: z.string(), name: z.string() }),
})

/** Someone who can sign in. */
export type Person = z.infer<typeof personSchema>

export interface Sessions {
  /** Everyone who can be chosen on the sign-in page. */
  people(): Promise<readonly Person[]>
  /** @returns The session id for the cookie, or `undefined` when there is no such person. */
  signIn(personId: string): Promise<string | undefined>
  /** Whose session it is, if it is one that has not ended. */
  find(sessionId: string): Promise<Person | undefined>
  signOut(sessionId: string): Promise<void>
}

export const SESSION_SECONDS = 30 * 24 * 60 * 60

// The table holds hashes, so that reading it lets nobody in.
const hash = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex')

const PERSON_COLUMNS = `p.id, p.name, p.email, p.title, p.role, p.reviewer,
  json_build_object('id', o.id, 'name', o.name) as organization`

export const createSessions = (query: Query): Sessions => ({
  async people() {
    const rows = await query(
      `select ${PERSON_COLUMNS} from helpdesk.people p join helpdesk.organizations o on o.id = p.organization_id
       order by p.position`,
    )
    return z.array(personSchema).parse(rows)
  },

  async signIn(personId) {
    const sessionId = randomBytes(32).toString('base64url')
    await query('delete from helpdesk.sessions where expires_at < now()')
    const rows = await query(
      `insert into helpdesk.sessions (id_sha256, person_id, expires_at)
       select $1, id, now() + make_interval(secs => $3) from helpdesk.people where id = $2 returning person_id`,
      [hash(sessionId), personId, SESSION_SECONDS],
    )
    return rows.length > 0 ? sessionId : undefined
  },

  async find(sessionId) {
    const rows = await query(
      `select ${PERSON_COLUMNS} from helpdesk.sessions s
       join helpdesk.people p on p.id = s.person_id join helpdesk.organizations o on o.id = p.organization_id
       where s.id_sha256 = $1 and s.expires_at > now()`,
      [hash(sessionId)],
    )
    return personSchema.optional().parse(rows[0])
  },

  async signOut(sessionId) {
    await query('delete from helpdesk.sessions where id_sha256 = $1', [hash(sessionId)])
  },
})
