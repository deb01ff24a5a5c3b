import { jwtVerify, SignJWT } from 'jose'
import { sha256 as hashOf } from '../../crypto/hash'
import { SoukError } from '../../souk-error'

/** What both sides know. */
export interface CallKeys {
  /** 32 characters or more, from a generator of random values. It signs and is accepted. */
  readonly current: string
  /** Still accepted by workers, while the products that sign with it are replaced. */
  readonly previous?: string
}

/** What a token speaks for: the beginning of one request's body, by its length and its hash. */
export interface SignedContent {
  readonly sizeBytes: number
  readonly sha256: string
}

export const CALL_AUDIENCE = 'souk-functions'

const ISSUER = 'souk'
const ALGORITHM = 'HS256'
const LIFETIME_SECONDS = 60
/** What the clocks of two machines may differ by. */
const CLOCK_SECONDS = 10
const SHORTEST_KEY = 32

const toKey = (key: string): Uint8Array => {
  if (key.length < SHORTEST_KEY)
    throw new SoukError(
      'NOT_CONFIGURED',
      `A key of function workers is shorter than ${SHORTEST_KEY} characters. Make one with: openssl rand -base64 32`,
    )
  return new TextEncoder().encode(key)
}

/** Makes what signs a request: a JWT for a minute, for one use, bound to the first frame of its body, which is the call. */
export const createCallSigner = ({ current }: CallKeys, audience: string) => {
  const key = toKey(current)
  return (content: Uint8Array): Promise<string> =>
    new SignJWT({ size: content.byteLength, sha256: hashOf(content) })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(key)
}

const refused = (): SoukError =>
  new SoukError(
    'UNAUTHENTICATED',
    'The request is not signed for this worker, or was used before. Check that both sides have the same key, audience and time.',
  )

/** Makes what accepts each signed request once. */
export const createCallVerifier = ({ current, previous }: CallKeys, audience: string) => {
  const keys = [current, ...(previous === undefined ? [] : [previous])].map(toKey)
  /** Ids of tokens, and when each of them is refused for its age anyway. */
  const used = new Map<string, number>()

  const verifyWith = async (token: string, key: Uint8Array) => {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      maxTokenAge: LIFETIME_SECONDS,
      clockTolerance: CLOCK_SECONDS,
      requiredClaims: ['jti', 'iat', 'exp', 'size', 'sha256'],
    })
    return payload
  }

  const useOnce = (id: string): void => {
    const now = Date.now()
    // They were added in the order in which they end.
    for (const [old, end] of used) {
      if (end > now) break
      used.delete(old)
    }
    if (used.has(id)) throw refused()
    used.set(id, now + (LIFETIME_SECONDS + 2 * CLOCK_SECONDS) * 1000)
  }

  /** @throws {SoukError} `UNAUTHENTICATED`, which does not say why. */
  return async (authorization: string | undefined): Promise<SignedContent> => {
    const token = /^Bearer ([\w.-]{1,4096})$/.exec(authorization ?? '')?.[1]
    if (token === undefined) throw refused()
    const { jti, size, sha256 } = await Promise.any(keys.map((key) => verifyWith(token, key))).catch(() => {
      throw refused()
    })
    if (typeof jti !== 'string' || typeof sha256 !== 'string' || !Number.isSafeInteger(size)) throw refused()
    useOnce(jti)
    // A safe integer is a number.
    return { sizeBytes: size as number, sha256 }
  }
}
