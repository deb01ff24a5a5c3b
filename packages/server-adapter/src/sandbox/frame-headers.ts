import { PERMISSIONS_POLICY } from './permissions-policy'

export interface FrameHeaderOptions {
  readonly isolation: 'origin' | 'opaque'
  /** The frame's own origin. */
  readonly origin: string
  readonly hostOrigins: readonly string[]
}

const nothingElse = [
  "img-src 'none'",
  "style-src 'none'",
  "font-src 'none'",
  "media-src 'none'",
  "object-src 'none'",
  "frame-src 'none'",
  "manifest-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
]

const common: Readonly<Record<string, string>> = {
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
}

/**
 * The headers that make the cage of one frame document.
 *
 * Origins are spelled out, since `'self'` matches nothing in a frame whose origin is opaque.
 */
export const frameHeaders = ({ isolation, origin, hostOrigins }: FrameHeaderOptions): Record<string, string> => ({
  ...common,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${origin}/boot/`,
    `connect-src ${origin}/b/`,
    'worker-src blob:',
    'child-src blob:',
    ...nothingElse,
    `frame-ancestors ${hostOrigins.join(' ')}`,
    isolation === 'origin' ? 'sandbox allow-scripts allow-same-origin' : 'sandbox allow-scripts',
    "require-trusted-types-for 'script'",
    'trusted-types souk-boot',
  ].join('; '),
  'connection-allowlist': `("${origin}/boot/*" "${origin}/b/*")`,
  'permissions-policy': PERMISSIONS_POLICY,
  'origin-agent-cluster': '?1',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
})

/** Scripts under their hash: anybody may have them, nobody's cookies go along, and they never change. */
export const scriptHeaders: Readonly<Record<string, string>> = {
  ...common,
  'content-type': 'text/javascript; charset=utf-8',
  // A frame in opaque mode asks with `Origin: null`; without credentials the star is enough and gives nothing away.
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=31536000, immutable',
  // Should one be opened as a document, it is one without any rights.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}

export const refusalHeaders: Readonly<Record<string, string>> = {
  ...common,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}
