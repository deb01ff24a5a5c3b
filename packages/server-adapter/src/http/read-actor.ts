import { API_KEY_PREFIX, isApiKey } from '../crypto/api-key'
import { type Actor, ANONYMOUS } from '../policy'
import { SOUK_ACTOR } from '../services/audit'
import type { Services } from '../services/create-services'
import { isStorableText } from '../services/storable-text'

/** Who the product says is asking. */
export interface Caller {
  /** Opaque to Souk, 1 to 200 characters; `souk` is taken. */
  readonly userId: string
  readonly organizationId: string
  readonly role: 'admin' | 'member'
  /** May review deployments for the platform. */
  readonly reviewer?: boolean
  readonly name?: string
  /**
   * The person's e-mail address, if the product has verified it: an invitation to another address is then not theirs. Without it, who holds
   * the token of an invitation may answer it.
   */
  readonly email?: string
}

export type Authenticate = (request: Request) => Promise<Caller | null> | Caller | null

const isOpaqueId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200 && isStorableText(value)

/** @throws {TypeError} when the product's own `authenticate` answered with something else: never let it pass as somebody. */
export const readActor = async (request: Request, authenticate: Authenticate, services: Services): Promise<Actor> => {
  const [scheme, credential = ''] = (request.headers.get('authorization') ?? '').split(' ', 2)
  if (scheme?.toLowerCase() === 'bearer' && credential.startsWith(API_KEY_PREFIX))
    return isApiKey(credential) ? services.developerAccounts.actorOfKey(credential) : ANONYMOUS
  const caller = await authenticate(request)
  return caller === null ? ANONYMOUS : toActor(caller)
}

/** @throws {TypeError} when it is not somebody. */
export const toActor = (caller: Caller): Actor => {
  const { userId, organizationId, role, reviewer, name, email } = caller
  if (!isOpaqueId(userId) || !isOpaqueId(organizationId))
    throw new TypeError(
      'The caller has no usable ids. userId and organizationId must be strings of 1 to 200 characters.',
    )
  if (userId === SOUK_ACTOR)
    throw new TypeError(`The user id ${SOUK_ACTOR} is what Souk calls itself. Give the caller another one.`)
  if (role !== 'admin' && role !== 'member') throw new TypeError('The role of the caller is neither admin nor member.')
  return {
    kind: 'user',
    userId,
    organizationId,
    role,
    reviewer: reviewer === true,
    ...(typeof name === 'string' ? { name: name.slice(0, 200) } : {}),
    ...(typeof email === 'string' ? { email: email.toLowerCase() } : {}),
  }
}
