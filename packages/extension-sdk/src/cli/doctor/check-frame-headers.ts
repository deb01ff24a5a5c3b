import type { Answer } from './ask'
import type { Findings } from './checks'
import { allowsOnly, forbids, parsePolicies, sourcesOf } from './policy'

/** Those that would hurt most. A browser may know more, and a deployment may be older than this list. */
const FEATURES = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'clipboard-read',
  'clipboard-write',
  'payment',
  'publickey-credentials-get',
  'usb',
  'serial',
  'hid',
  'midi',
  'fullscreen',
  'storage-access',
]

const FETCHES = ['img-src', 'style-src', 'font-src', 'media-src', 'object-src', 'manifest-src']

const findAllowedFeature = (header: string | undefined): string | undefined => {
  const features = new Map(
    (header ?? '').split(',').map((feature) => {
      const [name = '', value = ''] = feature.split('=', 2)
      return [name.trim(), value.trim()] as const
    }),
  )
  return (
    [...features].find(([name, value]) => name !== '' && value !== '()')?.join('=') ??
    FEATURES.find((name) => !features.has(name))
  )
}

/** Checks every header of the frame document against what the cage needs, by meaning: stricter is fine. */
export const checkFrameHeaders = (frame: Answer, pageOrigin: string, isOpaque: boolean, findings: Findings): void => {
  const { expect } = findings
  const { headers } = frame
  const header = (name: string) => headers[name] ?? ''
  const said = (name: string) => (headers[name] === undefined ? `no ${name}` : `${name}: ${headers[name]}`)
  const { origin } = frame.url
  const policies = parsePolicies(headers['content-security-policy'])
  const saidOf = (...names: string[]) => {
    const found = sourcesOf(policies, ...names)
    return found.length > 0 ? `${names[0]} ${found.map((sources) => sources.join(' ')).join(', ')}` : `no ${names[0]}`
  }

  expect('csp', policies.length > 0, said('content-security-policy'))
  expect('csp-default', forbids(policies, 'default-src'), saidOf('default-src'))
  for (const [id, name, path] of [
    ['csp-script', 'script-src', '/boot/'],
    ['csp-connect', 'connect-src', '/b/'],
  ] as const)
    expect(
      id,
      allowsOnly(policies, [origin + path], name, 'default-src') && !forbids(policies, name),
      saidOf(name, 'default-src'),
    )
  expect(
    'csp-worker',
    allowsOnly(policies, ['blob:'], 'worker-src', 'child-src', 'script-src', 'default-src'),
    saidOf('worker-src', 'child-src', 'script-src', 'default-src'),
  )
  const open = [
    ...FETCHES.filter((name) => !forbids(policies, name, 'default-src')),
    ...(forbids(policies, 'frame-src', 'child-src', 'default-src') ? [] : ['frame-src']),
    // These have no default.
    ...['base-uri', 'form-action'].filter((name) => !forbids(policies, name)),
  ]
  expect('csp-nothing-else', open.length === 0, open.map((name) => saidOf(name)).join('; '))
  const ancestors = sourcesOf(policies, 'frame-ancestors').at(0) ?? []
  const isFramed = ancestors.includes(pageOrigin) && ancestors.every((source) => /^https?:\/\/[^*/]+$/.test(source))
  expect(
    'csp-ancestors',
    isFramed && headers['x-frame-options'] === undefined,
    `${saidOf('frame-ancestors')}${headers['x-frame-options'] === undefined ? '' : `; ${said('x-frame-options')}`}`,
  )
  const tokens = sourcesOf(policies, 'sandbox').map((list) => [...list].sort().join(' '))
  const expected = isOpaque ? 'allow-scripts' : 'allow-same-origin allow-scripts'
  expect('csp-sandbox', tokens.includes(expected), saidOf('sandbox'))
  expect(
    'csp-trusted-types',
    sourcesOf(policies, 'require-trusted-types-for').some((list) => list.includes("'script'")) &&
      allowsOnly(policies, ['souk-boot'], 'trusted-types'),
    `${saidOf('require-trusted-types-for')}; ${saidOf('trusted-types')}`,
  )

  const allowed = findAllowedFeature(headers['permissions-policy'])
  expect(
    'permissions-policy',
    allowed === undefined,
    headers['permissions-policy'] ? `${allowed}` : 'no permissions-policy',
  )
  expect('origin-agent-cluster', header('origin-agent-cluster') === '?1', said('origin-agent-cluster'))
  expect(
    'embedder-policy',
    header('cross-origin-embedder-policy') === 'require-corp',
    said('cross-origin-embedder-policy'),
  )
  expect('opener-policy', header('cross-origin-opener-policy') === 'same-origin', said('cross-origin-opener-policy'))
  expect(
    'resource-policy',
    header('cross-origin-resource-policy') === 'cross-origin',
    said('cross-origin-resource-policy'),
  )
  expect('referrer-policy', header('referrer-policy') === 'no-referrer', said('referrer-policy'))
  expect('content-type-options', header('x-content-type-options') === 'nosniff', said('x-content-type-options'))
  expect('dns-prefetch', header('x-dns-prefetch-control') === 'off', said('x-dns-prefetch-control'), 'warning')
  const list = header('connection-allowlist').match(/"[^"]*"/g) ?? []
  expect(
    'connection-allowlist',
    list.length > 0 && list.every((entry) => [`"${origin}/boot/*"`, `"${origin}/b/*"`].includes(entry)),
    said('connection-allowlist'),
    'warning',
  )
  expect('frame-not-stored', /(?:^|[\s,])no-store(?:$|[\s,])/.test(header('cache-control')), said('cache-control'))
  expect('frame-private', headers['access-control-allow-origin'] === undefined, said('access-control-allow-origin'))
}
