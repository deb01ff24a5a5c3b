import { request } from 'node:http'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 as hashOf } from '../../crypto/hash'
import { createFrameReader, encodeFrame } from '../frame-codec'
import type { FunctionRuntime } from '../function-runtime'
import { bundleOf, invocation } from '../runtime-test-kit'
import { CALL_AUDIENCE, createCallSigner } from './call-token'
import { type Listening, startWorker, TEST_KEYS } from './remote-test-kit'

/** What reached the runtime behind the worker; an attacker's request never does. */
const invoked: string[] = []
const fakeRuntime: FunctionRuntime = {
  load: async () => {},
  async invoke(call) {
    invoked.push(call.functionId)
    return { ok: true, result: '1', durationMs: 0, logs: [] }
  },
  unload: async () => {},
  stats: () => ({ processes: 0, calls: 0, kills: 0 }),
  dispose: async () => {},
}

let worker: Listening
beforeAll(async () => {
  worker = await startWorker(fakeRuntime, { arrivalMs: 300 })
})
afterAll(() => worker.close())

const orderOf = (functionId: string, change: Record<string, unknown> = {}): Uint8Array => {
  const call = invocation(bundleOf({ main: '() => 1' }), 'main', { functionId })
  const { installationId, deploymentId, sha256, deadlineMs, traceId, context, egress } = call
  const bundle = { installationId, deploymentId, sha256 }
  const order = {
    type: 'call',
    bundle,
    functionId,
    deadlineMs,
    traceId,
    context,
    egress,
    mayAsk: false,
    takesParts: false,
    ...change,
  }
  return encodeFrame(order, Buffer.from(call.args))
}

interface Answered {
  readonly status: number
  readonly body: Buffer
}

const send = (body: Uint8Array, token: string | undefined, origin = worker.origin): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent = request(`${origin}/v1/functions`, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', () => {})
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('close', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }))
    })
    // Not ended: a refusal does not wait for the rest.
    sent.write(body)
  })

interface Claims {
  readonly key?: string
  readonly audience?: string
  readonly issuer?: string
  readonly issuedAt?: number
  readonly expiresAt?: number
  readonly id?: string
  readonly algorithm?: string
}

const NOW = () => Math.floor(Date.now() / 1000)

/** A token as anybody could make one. */
const forge = (body: Uint8Array, claims: Claims = {}): Promise<string> => {
  const issuedAt = claims.issuedAt ?? NOW()
  return new SignJWT({ size: body.byteLength, sha256: hashOf(body) })
    .setProtectedHeader({ alg: claims.algorithm ?? 'HS256' })
    .setIssuer(claims.issuer ?? 'souk')
    .setAudience(claims.audience ?? CALL_AUDIENCE)
    .setJti(claims.id ?? crypto.randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(claims.expiresAt ?? issuedAt + 60)
    .sign(new TextEncoder().encode(claims.key ?? TEST_KEYS.current))
}

const unsecured = (body: Uint8Array): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'souk', aud: CALL_AUDIENCE, jti: 'x', iat: NOW(), exp: NOW() + 60 }
  return `${part({ alg: 'none' })}.${part({ ...claims, size: body.byteLength, sha256: hashOf(body) })}.`
}

const ATTACKS: readonly (readonly [string, (body: Uint8Array) => Promise<string> | string | undefined])[] = [
  ['no token', () => undefined],
  ['a token that is none', () => 'x.y.z'],
  ['a token without a signature', unsecured],
  ['another key', (body) => forge(body, { key: 'another key, which is as long as the real one is' })],
  ['another algorithm', (body) => forge(body, { algorithm: 'HS512' })],
  ['another audience', (body) => forge(body, { audience: 'staging' })],
  ['another issuer', (body) => forge(body, { issuer: 'someone' })],
  ['a token that has expired', (body) => forge(body, { issuedAt: NOW() - 300 })],
  ['a token that lives for long', (body) => forge(body, { issuedAt: NOW() - 300, expiresAt: NOW() + 3600 })],
  ['a token of tomorrow', (body) => forge(body, { issuedAt: NOW() + 86_400 })],
  ['the token of another body', () => forge(orderOf('other#one'))],
  ['the token of a body of the same length', (body) => forge(new Uint8Array(body.byteLength))],
]

describe('a worker refuses', () => {
  test.each(ATTACKS)('a call with %s, and runs nothing', async (what, toToken) => {
    const body = orderOf(`attack#${what}`)
    const answer = await send(body, await toToken(body))
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(invoked).not.toContain(`attack#${what}`)
  })

  test('a call that was sent before', async () => {
    const body = orderOf('replayed#one')
    const token = await createCallSigner(TEST_KEYS, CALL_AUDIENCE)(body)
    expect((await send(body, token)).status).toBe(200)
    expect((await send(body, token)).status).toBe(401)
    expect(invoked.filter((id) => id === 'replayed#one')).toHaveLength(1)
  })

  test.each([
    ['a promise of more than it takes', 2 ** 40, 413],
    ['a promise of nothing', 0, 413],
    ['a body that does not come', 10_000, 422],
  ])('%s', async (_what, size, status) => {
    const body = orderOf('sizes#one')
    const token = await new SignJWT({ size, sha256: hashOf(body) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('souk')
      .setAudience(CALL_AUDIENCE)
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(new TextEncoder().encode(TEST_KEYS.current))
    expect((await send(body, token)).status).toBe(status)
    expect(invoked).not.toContain('sizes#one')
  })

  test.each([
    ['no frame', Buffer.from('hello, worker')],
    ['two frames', Buffer.concat([orderOf('malformed#one'), orderOf('malformed#one')])],
    ['an unknown type', orderOf('malformed#one', { type: 'exec' })],
    ['a bundle whose hash is a path', orderOf('malformed#one', { bundle: { sha256: '../../etc/passwd' } })],
    ['a deadline that is none', orderOf('malformed#one', { deadlineMs: -1 })],
    ['no context', orderOf('malformed#one', { context: null })],
  ])('a signed order that is %s', async (_what, body) => {
    expect((await send(body, await forge(body))).status).toBe(422)
    expect(invoked).not.toContain('malformed#one')
  })

  test('every other address', async () => {
    const response = await fetch(`${worker.origin}/v1/functions/../../etc/passwd`)
    expect([response.status, (await response.json()).code]).toEqual([404, 'NOT_FOUND'])
    expect((await fetch(`${worker.origin}/health`)).status).toBe(200)
  })

  test('a key that anybody could guess', () => {
    expect(() => createCallSigner({ current: 'secret' }, CALL_AUDIENCE)).toThrowError(
      expect.objectContaining({ code: 'NOT_CONFIGURED' }),
    )
  })
})

describe('a worker takes', () => {
  const lastMessage = ({ body }: Answered): unknown =>
    createFrameReader({ headerBytes: 10_000, bodyBytes: 10_000 }).push(body).at(-1)?.header

  test('what is signed with its key, once', async () => {
    const body = orderOf('signed#one')
    const answer = await send(body, await createCallSigner(TEST_KEYS, CALL_AUDIENCE)(body))
    expect(lastMessage(answer)).toMatchObject({ type: 'done' })
    expect(invoked).toContain('signed#one')
  })

  test('what is signed with the key before, while the products are replaced', async () => {
    const keys = { current: 'a newer key of the tests, no secret either', previous: TEST_KEYS.current }
    const rotating = await startWorker(fakeRuntime, { keys })
    const [old, young] = [orderOf('rotation#old'), orderOf('rotation#young')]
    expect((await send(old, await forge(old), rotating.origin)).status).toBe(200)
    expect((await send(young, await forge(young, { key: keys.current }), rotating.origin)).status).toBe(200)
    await rotating.close()
  })
})
