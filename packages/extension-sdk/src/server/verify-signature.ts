import type { WebhookRequest } from './webhook-function'

type Signed = Pick<WebhookRequest, 'headers' | 'rawBody'>

export interface HmacOptions {
  readonly secret: string
  /** The header that holds the signature. */
  readonly header: string
  /** What stands before the signature in the header, such as `sha256=`. */
  readonly prefix?: string
  /** How the signature is written. Default `hex`. */
  readonly encoding?: 'hex' | 'base64'
  /** Default `SHA-256`. */
  readonly algorithm?: 'SHA-1' | 'SHA-256' | 'SHA-512'
}

export interface TimestampedHmacOptions extends HmacOptions {
  /** The header with the time of sending in seconds since 1970. Leave it out when it stands in the signature's own header, as `t=…,v1=…`. */
  readonly timestampHeader?: string
  /** What was signed, with `{timestamp}` and `{body}`. Default `{timestamp}.{body}`. */
  readonly payload?: string
  /** How far the time of sending may be from now. Default 300 seconds. */
  readonly toleranceSeconds?: number
}

export interface SharedSecretOptions {
  readonly secret: string
  readonly header: string
  /** What stands before the secret in the header, such as `Bearer `. */
  readonly prefix?: string
}

const encoder = new TextEncoder()

/**
 * Whether the header holds the HMAC of the body, made with the secret. Compared in constant time.
 *
 * @returns False for anything missing, malformed or forged.
 */
export const verifyHmacSignature = async (request: Signed, options: HmacOptions): Promise<boolean> => {
  const sent = headerOf(request, options.header)
  return sent !== undefined && isSignature(request.rawBody, sent, options)
}

/**
 * As `verifyHmacSignature`, with the time of sending signed too: what was recorded and is sent again later is refused.
 *
 * A header of the form `t=1700000000,v1=abc,v1=def` needs no `timestampHeader`; one right `v1` is enough.
 */
export const verifyTimestampedSignature = async (
  request: Signed,
  options: TimestampedHmacOptions,
): Promise<boolean> => {
  const { timestampHeader, payload = '{timestamp}.{body}', toleranceSeconds = 300 } = options
  const header = headerOf(request, options.header)
  if (header === undefined) return false
  const { timestamp, signatures } =
    timestampHeader === undefined
      ? partsOf(header)
      : { timestamp: headerOf(request, timestampHeader), signatures: [header] }
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds) return false
  const [before = '', after = ''] = payload.replaceAll('{timestamp}', timestamp).split('{body}')
  const signed = concat([encoder.encode(before), request.rawBody, encoder.encode(after)])
  const found = await Promise.all(signatures.map((signature) => isSignature(signed, signature, options)))
  return found.includes(true)
}

/** Whether the header holds the secret that the service was given. Compared in constant time. */
export const verifySharedSecret = async (request: Signed, options: SharedSecretOptions): Promise<boolean> => {
  const { secret, header, prefix = '' } = options
  const sent = headerOf(request, header)
  if (sent === undefined || secret === '') return false
  // Both under a key of the moment: how long comparing takes tells nothing of either, not even how long it is.
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  const expected = await crypto.subtle.sign('HMAC', key, encoder.encode(`${prefix}${secret}`))
  return crypto.subtle.verify('HMAC', key, expected, encoder.encode(sent))
}

const headerOf = ({ headers }: Signed, name: string): string | undefined => {
  const key = name.toLowerCase()
  return Object.hasOwn(headers, key) ? headers[key] : undefined
}

const partsOf = (header: string) => {
  const parts = header.split(',').map((part) => part.trim().split(/=(.*)/s, 2))
  const valuesOf = (wanted: string) => parts.flatMap(([name, value = '']) => (name === wanted ? [value] : []))
  const times = valuesOf('t')
  // Each costs a computation, and a service that changes its secret sends two.
  return { timestamp: times.length === 1 ? times[0] : undefined, signatures: valuesOf('v1').slice(0, 5) }
}

const isSignature = async (
  signed: Uint8Array<ArrayBuffer>,
  sent: string,
  { secret, prefix = '', encoding = 'hex', algorithm = 'SHA-256' }: HmacOptions,
): Promise<boolean> => {
  // An empty secret is one that everybody knows.
  if (secret === '' || !sent.startsWith(prefix)) return false
  const signature = decode(sent.slice(prefix.length), encoding)
  if (signature === undefined) return false
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: algorithm }, false, [
    'verify',
  ])
  return crypto.subtle.verify('HMAC', key, signature, signed)
}

const decode = (text: string, encoding: 'hex' | 'base64'): Uint8Array<ArrayBuffer> | undefined => {
  if (encoding === 'hex') {
    if (!/^(?:[0-9a-f]{2}){1,64}$/i.test(text)) return undefined
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  }
  return /^[A-Za-z0-9+/]{1,88}={0,2}$/.test(text) && text.length % 4 === 0
    ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    : undefined
}

const concat = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}
