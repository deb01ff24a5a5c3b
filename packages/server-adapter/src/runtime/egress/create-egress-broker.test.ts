import type { EgressRule } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { DEFAULT_RUNTIME_LIMITS } from '../runtime-limits'
import {
  createEgressBroker,
  type EgressCaller,
  type EgressLogEntry,
  type EgressOptions,
  type EgressRequest,
} from './create-egress-broker'
import type { IncomingResponse, OutgoingRequest } from './send-request'

const rule = (host: string, attach?: EgressRule['attach']): EgressRule => ({
  host,
  purpose: 'Tests',
  ...(attach ? { attach } : {}),
})

const RULES = [
  rule('api.example.com', { setting: 'token', header: 'Authorization', format: 'Bearer {value}' }),
  rule('other.example.com', { setting: 'other', header: 'X-Api-Key', format: '{value}' }),
  rule('port.example.com:8443'),
  rule('*.wild.example.com'),
  rule('localhost'),
  rule('127.0.0.1'),
  rule('0x7f.1'),
]
const CREDENTIALS = { token: 's3cret-$&', other: '0ther-key' }
const PUBLIC = [{ address: '93.184.216.34', family: 4 }]

interface Setup extends EgressOptions {
  readonly answers?: readonly Partial<IncomingResponse>[]
  readonly credentials?: Readonly<Record<string, string>>
  readonly limits?: Partial<typeof DEFAULT_RUNTIME_LIMITS>
}

/** A broker whose requests go nowhere: they are noted, and answered in turn. */
const setUp = ({ answers = [], credentials = CREDENTIALS, limits = {}, ...options }: Setup = {}) => {
  const sent: OutgoingRequest[] = []
  const log: EgressLogEntry[] = []
  const resolved: string[] = []
  const broker = createEgressBroker(
    {
      resolve: async (host) => {
        resolved.push(host)
        return PUBLIC
      },
      onRequest: (entry) => log.push(entry),
      ...options,
    },
    { ...DEFAULT_RUNTIME_LIMITS, ...limits },
    async (request) => {
      sent.push(request)
      return { status: 200, statusText: 'OK', headers: [], body: new Uint8Array(), ...answers[sent.length - 1] }
    },
  )
  const caller: EgressCaller = {
    installationId: 'installation-a',
    traceId: 'trace-1',
    policy: { rules: RULES, credentials },
    signal: new AbortController().signal,
  }
  const request = (url: string, rest: Partial<EgressRequest> = {}) =>
    broker.request({ url, method: 'GET', headers: [], body: null, redirect: 'follow', ...rest }, caller)
  return { request, sent, log, resolved }
}

const redirect = (location: string, status = 302): Partial<IncomingResponse> => ({
  status,
  headers: [['location', location]],
})
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: { code?: unknown }) => error.code,
  )

describe('what is refused before anything is resolved or sent', () => {
  test.each([
    ['a host without a rule', 'https://evil.example/'],
    ['a host that ends like one with a rule', 'https://evilapi.example.com/'],
    ['a host that begins like one with a rule', 'https://api.example.com.evil.example/'],
    ['the dot of the root', 'https://api.example.com./'],
    ['the parent of a wildcard', 'https://wild.example.com/'],
    ['a host that ends like a wildcard', 'https://evilwild.example.com/'],
    ['another port', 'https://api.example.com:8443/'],
    ['the default port of a rule with a port', 'https://port.example.com/'],
    ['plain http', 'http://api.example.com/'],
    ['the https port over http', 'http://api.example.com:443/'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,1'],
    ['FTP', 'ftp://api.example.com/'],
    ['user info', 'https://api.example.com@evil.example/'],
    ['user info on an allowed host', 'https://user:password@api.example.com/'],
    ['an IPv4 address, also with a rule', 'https://127.0.0.1/'],
    ['a decimal address', 'https://2130706433/'],
    ['a hexadecimal address', 'https://0x7f000001/'],
    ['a hexadecimal address with a rule', 'https://0x7f.1/'],
    ['an octal address', 'https://0177.0.0.1/'],
    ['a short address', 'https://127.1/'],
    ['full-width digits', 'https://１２７.0.0.1/'],
    ['an IPv6 address', 'https://[::1]/'],
    ['an IPv4 address in IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['the metadata address', 'https://169.254.169.254/latest/meta-data'],
    ['no URL', '/relative'],
    ['nothing', ''],
  ])('%s', async (_what, url) => {
    const { request, sent, resolved } = setUp()
    expect(await codeOf(request(url))).toBe('EGRESS_DENIED')
    expect({ sent, resolved }).toEqual({ sent: [], resolved: [] })
  })

  test.each([
    ['a method that is none', { method: 'CONNECT' }],
    ['a line break in a header', { headers: [['x-a', 'a\r\nhost: evil']] as const }],
    ['a header that is none', { headers: [['x a', 'a']] as const }],
  ])('%s', async (_what, rest) => {
    const { request, sent } = setUp()
    expect(await codeOf(request('https://api.example.com/', rest))).toBe('EGRESS_DENIED')
    expect(sent).toEqual([])
  })
})

describe('addresses', () => {
  test.each([
    ['a loopback address', [{ address: '127.0.0.1', family: 4 }]],
    ['a private address', [{ address: '10.0.0.1', family: 4 }]],
    ['a private address behind a public one', [...PUBLIC, { address: '192.168.0.1', family: 4 }]],
    ['an IPv4 address in IPv6', [{ address: '::ffff:10.0.0.1', family: 6 }]],
    ['the metadata address', [{ address: '169.254.169.254', family: 4 }]],
  ])('%s is refused', async (_what, addresses) => {
    const { request, sent } = setUp({ resolve: async () => addresses })
    expect(await codeOf(request('https://api.example.com/'))).toBe('EGRESS_PRIVATE_ADDRESS')
    expect(sent).toEqual([])
  })

  test('localhost is refused by its address even with a rule', async () => {
    const { request } = setUp({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    expect(await codeOf(request('https://localhost/'))).toBe('EGRESS_PRIVATE_ADDRESS')
  })

  test('are asked for once and connected to, so that a name that changes its mind gains nothing', async () => {
    let asked = 0
    const resolve = async () => (asked++ === 0 ? PUBLIC : [{ address: '127.0.0.1', family: 4 }])
    const { request, sent } = setUp({ resolve })
    await request('https://api.example.com/')
    expect(asked).toBe(1)
    expect(sent[0]?.addresses).toEqual(PUBLIC)
    expect(await codeOf(request('https://api.example.com/'))).toBe('EGRESS_PRIVATE_ADDRESS')
  })

  test('are checked again on each hop', async () => {
    let asked = 0
    const resolve = async () => (asked++ === 0 ? PUBLIC : [{ address: '127.0.0.1', family: 4 }])
    const { request, sent } = setUp({ resolve, answers: [redirect('/next')] })
    expect(await codeOf(request('https://api.example.com/'))).toBe('EGRESS_PRIVATE_ADDRESS')
    expect(sent).toHaveLength(1)
  })

  test('that cannot be found are a failure to reach the host', async () => {
    expect(
      await codeOf(setUp({ resolve: () => Promise.reject(new Error('x')) }).request('https://api.example.com/')),
    ).toBe('EGRESS_FAILED')
    expect(await codeOf(setUp({ resolve: async () => [] }).request('https://api.example.com/'))).toBe('EGRESS_FAILED')
  })
})

describe('what is allowed', () => {
  test.each([
    'https://api.example.com/a?b=c',
    'https://API.example.com:443/',
    'https://port.example.com:8443/',
    'https://a.wild.example.com/',
    'https://a.b.wild.example.com/',
  ])('%s', async (url) => {
    const { request, sent } = setUp()
    await request(url)
    expect(sent[0]?.target.href).toBe(new URL(url).href)
  })

  test('plain http, when the operator says so', async () => {
    const { request, sent } = setUp({ allowHttp: true })
    await request('http://api.example.com/')
    expect(sent).toHaveLength(1)
  })
})

describe('credentials', () => {
  test('are attached where the rule says, in the place of what app code sent', async () => {
    const { request, sent } = setUp()
    const headers = [
      ['authorization', 'mine'],
      ['AUTHORIZATION', 'mine too'],
      ['x-other', 'stays'],
    ] as const
    await request('https://api.example.com/', { headers })
    expect(sent[0]?.headers).toMatchObject({ authorization: 'Bearer s3cret-$&', 'x-other': 'stays' })
  })

  test('leave the header empty when there is none, whatever app code sent', async () => {
    const { request, sent } = setUp({ credentials: {} })
    await request('https://api.example.com/', { headers: [['authorization', 'mine']] })
    expect(sent[0]?.headers.authorization).toBeUndefined()
  })

  test('named like a prototype are none', async () => {
    const { request, sent } = setUp({ credentials: Object.create({ token: 'inherited' }) })
    await request('https://api.example.com/')
    expect(sent[0]?.headers.authorization).toBeUndefined()
  })

  test('that are no header are refused without quoting them', async () => {
    const { request } = setUp({ credentials: { token: 'a\r\nb: c' } })
    await expect(request('https://api.example.com/')).rejects.toMatchObject({
      code: 'EGRESS_FAILED',
      message: expect.not.stringContaining('b: c'),
    })
  })

  test('follow a redirect on the same origin', async () => {
    const { request, sent } = setUp({ answers: [redirect('/next')] })
    await request('https://api.example.com/', { headers: [['x-key', 'k']] })
    expect(sent[1]?.headers).toMatchObject({ authorization: 'Bearer s3cret-$&', 'x-key': 'k' })
  })

  test('of either host, and those of app code, stay behind when a redirect leaves the origin', async () => {
    const { request, sent } = setUp({ answers: [redirect('https://other.example.com/')] })
    const headers = [
      ['x-key', 'k'],
      ['cookie', 'c=1'],
      ['accept', 'text/plain'],
    ] as const
    await request('https://api.example.com/', { headers })
    expect(sent[1]?.headers).toEqual({ accept: 'text/plain', 'accept-encoding': 'gzip, br', 'user-agent': 'Souk' })
  })

  test('do not come back with a redirect that comes back', async () => {
    const { request, sent } = setUp({
      answers: [redirect('https://other.example.com/'), redirect('https://api.example.com/spend')],
    })
    await request('https://api.example.com/')
    expect(sent[2]?.url.href).toBe('https://api.example.com/spend')
    expect(sent[2]?.headers.authorization).toBeUndefined()
  })
})

describe('headers', () => {
  test('of the connection, of a proxy and of the host are not for app code to set', async () => {
    const { request, sent } = setUp()
    const names = [
      'Host',
      'Connection',
      'Transfer-Encoding',
      'Content-Length',
      'Proxy-Authorization',
      'Upgrade',
      'Expect',
      'TE',
    ]
    await request('https://api.example.com/', { headers: names.map((name) => [name, 'x'] as const) })
    expect(Object.keys(sent[0]?.headers ?? {}).sort()).toEqual(['accept-encoding', 'authorization', 'user-agent'])
  })

  test('named like a prototype are ordinary', async () => {
    const { request, sent } = setUp()
    await request('https://api.example.com/', { headers: [['__proto__', 'x']] })
    expect(Object.getPrototypeOf(sent[0]?.headers)).toBeNull()
  })

  test('of a response lose its cookies', async () => {
    const headers = [
      ['set-cookie', 'session=1'],
      ['content-type', 'text/plain'],
    ] as const
    const { request } = setUp({ answers: [{ headers }] })
    expect((await request('https://api.example.com/')).headers).toEqual([['content-type', 'text/plain']])
  })
})

describe('redirects', () => {
  test.each([
    ['to a host without a rule', 'https://evil.example/', 'EGRESS_DENIED'],
    ['to an address', 'https://127.0.0.1/', 'EGRESS_DENIED'],
    ['to plain http', 'http://api.example.com/', 'EGRESS_DENIED'],
    ['to a file', 'file:///etc/passwd', 'EGRESS_DENIED'],
    ['to user info', 'https://a:b@api.example.com/', 'EGRESS_DENIED'],
    ['to no URL', 'https://', 'EGRESS_FAILED'],
  ])('%s are refused', async (_what, location, code) => {
    const { request, sent } = setUp({ answers: [redirect(location)] })
    expect(await codeOf(request('https://api.example.com/'))).toBe(code)
    expect(sent).toHaveLength(1)
  })

  test('are bounded', async () => {
    const { request, sent } = setUp({ answers: Array.from({ length: 20 }, () => redirect('/again')) })
    expect(await codeOf(request('https://api.example.com/'))).toBe('EGRESS_LIMIT')
    expect(sent).toHaveLength(6)
  })

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('with %i turn %s into %s', async (status, method, expected) => {
    const { request, sent } = setUp({ answers: [redirect('/next', status)] })
    const headers = [['content-type', 'text/plain']] as const
    await request('https://api.example.com/', { method, headers, body: new Uint8Array([1]) })
    expect(sent[1]?.method).toBe(expected)
    expect(sent[1]?.body === null).toBe(expected === 'GET')
    expect(sent[1]?.headers['content-type'] === undefined).toBe(expected === 'GET')
  })

  test('are handed back or refused when the request says so', async () => {
    const { request } = setUp({ answers: [redirect('/next'), redirect('/next')] })
    expect((await request('https://api.example.com/', { redirect: 'manual' })).status).toBe(302)
    expect(await codeOf(request('https://api.example.com/', { redirect: 'error' }))).toBe('EGRESS_FAILED')
  })
})

test('a request body over the limit is refused', async () => {
  const { request, sent } = setUp({ limits: { requestBytes: 3 } })
  expect(await codeOf(request('https://api.example.com/', { method: 'POST', body: new Uint8Array(4) }))).toBe(
    'EGRESS_LIMIT',
  )
  expect(sent).toEqual([])
})

test('the operator hears of each request, and of nothing that was in it', async () => {
  const { request, log } = setUp({ answers: [{ status: 201, body: new Uint8Array(7) }] })
  await request('https://api.example.com/path?query=1', { method: 'POST', body: new Uint8Array(3) })
  await codeOf(request('https://evil.example/'))
  expect(log).toMatchObject([
    {
      installationId: 'installation-a',
      traceId: 'trace-1',
      method: 'POST',
      host: 'api.example.com',
      status: 201,
      requestBytes: 3,
      responseBytes: 7,
    },
    { host: 'evil.example', code: 'EGRESS_DENIED' },
  ])
  expect(JSON.stringify(log)).not.toMatch(/s3cret|path|query/)
})
