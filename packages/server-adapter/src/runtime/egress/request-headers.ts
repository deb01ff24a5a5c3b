import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { EgressRule } from '@souk/extension-sdk/protocol'
import { SoukError } from '../../souk-error'

export type HeaderPair = readonly [name: string, value: string]

/** Headers that belong to one connection, or that the broker writes itself. */
const OWN: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Names the account whose credential the broker attaches, when several are connected. It never leaves. */
const ACCOUNT_HEADER = 'souk-connection'

/** All that may follow a redirect to another origin: a list of what is safe, because any other header may hold a credential. */
const SAFE_ACROSS_ORIGINS: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'user-agent',
])

export interface RequestHeaderOptions {
  readonly rule: EgressRule
  readonly credentials: Readonly<Record<string, string>>
  /** Whether this hop still goes to the origin that the server function named. */
  readonly trusted: boolean
  readonly hasBody: boolean
}

/**
 * The headers of one hop: what app code sent, less what it may not set, plus the credential of the rule.
 *
 * @throws {SoukError} `EGRESS_DENIED` for a header that is not one; `EGRESS_FAILED` for a credential that is not one.
 */
export const requestHeaders = (sent: readonly HeaderPair[], options: RequestHeaderOptions): Record<string, string> => {
  const headers: Record<string, string> = { __proto__: null } as never
  const attached = options.rule.attach?.header.toLowerCase()
  for (const [name, value] of sent) {
    const key = name.toLowerCase()
    if (OWN.has(key) || key.startsWith('proxy-') || key.startsWith('sec-') || key === attached) continue
    if (key === ACCOUNT_HEADER) continue
    if (!options.trusted && !SAFE_ACROSS_ORIGINS.has(key)) continue
    if (!options.hasBody && key.startsWith('content-')) continue
    assertHeader(key, value, 'EGRESS_DENIED', 'A header of the request is not allowed in HTTP')
    headers[key] = headers[key] === undefined ? value : `${headers[key]}${key === 'cookie' ? '; ' : ', '}${value}`
  }
  headers['user-agent'] ??= 'Souk'
  headers['accept-encoding'] = 'gzip, br'
  const account = sent.find(([name]) => name.toLowerCase() === ACCOUNT_HEADER)?.[1]
  const credential = credentialOf(options, account)
  if (attached !== undefined && credential !== undefined && !OWN.has(attached)) {
    assertHeader(attached, credential, 'EGRESS_FAILED', 'The credential of this host cannot be sent as a header')
    headers[attached] = credential
  }
  return headers
}

const credentialOf = (
  { rule, credentials, trusted }: RequestHeaderOptions,
  account: string | undefined,
): string | undefined => {
  // After a redirect to another origin even that host's own credential stays here: whoever redirects could spend it.
  if (!trusted) return undefined
  const key = rule.attach && (account === undefined ? rule.attach.setting : `${rule.attach.setting} ${account}`)
  if (account !== undefined && (key === undefined || !Object.hasOwn(credentials, key)))
    throw new SoukError('EGRESS_DENIED', 'The account that the request names is not one of this host.')
  if (!rule.attach || key === undefined || !Object.hasOwn(credentials, key)) return undefined
  const value = credentials[key] ?? ''
  return rule.attach.format.replaceAll('{value}', () => value)
}

const assertHeader = (name: string, value: string, code: 'EGRESS_DENIED' | 'EGRESS_FAILED', sentence: string): void => {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    // The reason Node gives would quote the value.
    throw new SoukError(code, `${sentence}: ${name.slice(0, 60)}. Remove line breaks and control characters from it.`)
  }
}
