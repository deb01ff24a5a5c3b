import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyHmacSignature, verifySharedSecret, verifyTimestampedSignature } from './verify-signature'

const SECRET = 'whsec_northwind'
// Not UTF-8: a signature is over bytes.
const rawBody = new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d])
const hmac = (
  content: Uint8Array | string,
  encoding: 'hex' | 'base64' = 'hex',
  algorithm = 'sha256',
  secret = SECRET,
) => createHmac(algorithm, secret).update(content).digest(encoding)
const request = (headers: Readonly<Record<string, string>>, body = rawBody) => ({ headers, rawBody: body })
const signedAt = (seconds: number | string, body: Uint8Array = rawBody) =>
  hmac(Buffer.concat([Buffer.from(`${seconds}.`), body]))
const nowSeconds = () => Math.floor(Date.now() / 1000)

describe('the HMAC of the body', () => {
  const options = { secret: SECRET, header: 'X-Signature' }

  test.each([
    ['hex', hmac(rawBody), {}],
    ['hex in capitals', hmac(rawBody).toUpperCase(), {}],
    ['base64', hmac(rawBody, 'base64'), { encoding: 'base64' }],
    ['a prefix', `sha256=${hmac(rawBody)}`, { prefix: 'sha256=' }],
    ['SHA-1', hmac(rawBody, 'hex', 'sha1'), { algorithm: 'SHA-1' }],
    ['SHA-512 in base64', hmac(rawBody, 'base64', 'sha512'), { algorithm: 'SHA-512', encoding: 'base64' }],
  ] as const)('is accepted in %s', async (_, signature, more) => {
    expect(await verifyHmacSignature(request({ 'x-signature': signature }), { ...options, ...more })).toBe(true)
  })

  test.each([
    ['no header', {}],
    ['nothing in it', { 'x-signature': '' }],
    ['another secret', { 'x-signature': hmac(rawBody, 'hex', 'sha256', 'other') }],
    ['another body', { 'x-signature': hmac('{}') }],
    ['the beginning of it', { 'x-signature': hmac(rawBody).slice(0, 32) }],
    ['more than it', { 'x-signature': `${hmac(rawBody)}00` }],
    ['a name of the prototype', { constructor: hmac(rawBody) }],
    ['no hex', { 'x-signature': 'zz'.repeat(32) }],
    ['another algorithm', { 'x-signature': hmac(rawBody, 'hex', 'sha1') }],
  ] as [string, Record<string, string>][])('is refused with %s', async (_, headers) => {
    expect(await verifyHmacSignature(request(headers), options)).toBe(false)
  })

  test('is refused when one bit of the body changed, without its prefix, and with an empty secret', async () => {
    const headers = { 'x-signature': hmac(rawBody) }
    const changed = rawBody.slice()
    changed[1] = 0xfe
    expect(await verifyHmacSignature(request(headers, changed), options)).toBe(false)
    expect(await verifyHmacSignature(request(headers), { ...options, prefix: 'v0=' })).toBe(false)
    const open = { 'x-signature': createHmac('sha256', '').update(rawBody).digest('hex') }
    expect(await verifyHmacSignature(request(open), { ...options, secret: '' })).toBe(false)
    expect(await verifyHmacSignature(request({ 'x-signature': '=' }), { ...options, encoding: 'base64' })).toBe(false)
  })
})

describe('the HMAC with a time', () => {
  const own = { secret: SECRET, header: 'Stripe-Signature' }
  const apart = {
    secret: SECRET,
    header: 'X-Slack-Signature',
    prefix: 'v0=',
    timestampHeader: 'X-Slack-Request-Timestamp',
    payload: 'v0:{timestamp}:{body}',
  }

  test('is accepted in one header, with one right signature of several, and in two headers', async () => {
    const t = nowSeconds()
    const header = `t=${t}, v0=abc,v1=${'0'.repeat(64)},v1=${signedAt(t)}`
    expect(await verifyTimestampedSignature(request({ 'stripe-signature': header }), own)).toBe(true)
    const signed = hmac(Buffer.concat([Buffer.from(`v0:${t}:`), rawBody]))
    const headers = { 'x-slack-signature': `v0=${signed}`, 'x-slack-request-timestamp': String(t) }
    expect(await verifyTimestampedSignature(request(headers), apart)).toBe(true)
  })

  test.each([
    ['an hour ago', () => nowSeconds() - 3600],
    ['in an hour', () => nowSeconds() + 3600],
  ])('is refused when it was sent %s, though the signature is right', async (_, at) => {
    const t = at()
    const headers = { 'stripe-signature': `t=${t},v1=${signedAt(t)}` }
    expect(await verifyTimestampedSignature(request(headers), own)).toBe(false)
    expect(await verifyTimestampedSignature(request(headers), { ...own, toleranceSeconds: 7200 })).toBe(true)
  })

  test.each([
    ['a new time on an old signature', (t: number) => `t=${t},v1=${signedAt(t - 3600)}`],
    ['two times', (t: number) => `t=${t},t=${t - 1},v1=${signedAt(t)}`],
    ['no time', (t: number) => `v1=${signedAt(t)}`],
    ['a time that is no number', (t: number) => `t=${t}x,v1=${signedAt(`${t}x`)}`],
    ['no signature', (t: number) => `t=${t}`],
    ['nothing', () => ''],
  ])('is refused with %s', async (_, header) => {
    const headers = { 'stripe-signature': header(nowSeconds()) }
    expect(await verifyTimestampedSignature(request(headers), own)).toBe(false)
  })
})

describe('a shared secret', () => {
  test('is accepted as it is and after a prefix, and nothing else is', async () => {
    const options = { secret: SECRET, header: 'X-Gitlab-Token' }
    const check = (headers: Record<string, string>, more = {}) =>
      verifySharedSecret(request(headers), { ...options, ...more })
    expect(await check({ 'x-gitlab-token': SECRET })).toBe(true)
    expect(await check({ 'x-gitlab-token': `Bearer ${SECRET}` }, { prefix: 'Bearer ' })).toBe(true)
    for (const wrong of ['', SECRET.slice(1), `${SECRET} `, SECRET.toUpperCase()])
      expect(await check({ 'x-gitlab-token': wrong })).toBe(false)
    expect(await check({})).toBe(false)
    expect(await check({ 'x-gitlab-token': '' }, { secret: '' })).toBe(false)
  })
})
