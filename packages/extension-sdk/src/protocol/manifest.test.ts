import { describe, expect, test } from 'vitest'
import { hostileValues } from '../../test/support/hostile'
import { isRefusal, parseManifest, parseSettingsSchema } from '.'

const manifest = {
  manifestVersion: 1,
  id: 'order-lookup',
  version: '1.2.0',
  protocolVersion: 1,
  scopes: [{ id: 'tickets:read', purpose: 'To find orders.' }],
  egress: {
    server: [
      {
        host: 'api.example.com',
        purpose: 'Orders',
        attach: { setting: 'api.key', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  surfaces: [{ kind: 'record.widgets', id: 'orders', label: 'Orders', recordTypes: ['ticket'] }],
  settings: {
    organization: { api: { type: 'struct', label: 'API', fields: { key: { type: 'secret', label: 'Key' } } } },
    user: {},
  },
  functions: [{ id: 'src/orders.server.ts#find', callable: true }],
}
const [rule] = manifest.egress.server
const withRule = (change: object) => ({ egress: { server: [{ ...rule, ...change }] } })

const withConfig = (config: object) => ({ surfaces: [{ kind: 'workflow.triggers', id: 'a', label: 'A', config }] })

describe('parseManifest', () => {
  test('lets a whole manifest through, and keeps fields of a newer SDK', () => {
    expect(parseManifest({ ...manifest, workflow: [] })).toEqual({ ...manifest, workflow: [] })
  })

  test.each(hostileValues)('refuses %s', (_what, value) => {
    expect(isRefusal(parseManifest(value))).toBe(true)
  })

  test.each(
    ['settings', 'egress', 'id', 'version'].flatMap((key) =>
      hostileValues.flatMap(([what, value]) =>
        key === 'id' && what === 'a string' ? [] : [[key, what, value] as const],
      ),
    ),
  )('refuses %s that is %s', (key, _what, value) => {
    expect(isRefusal(parseManifest({ ...manifest, [key]: value }))).toBe(true)
  })

  test.each([
    ['a slug with a slash', { id: 'a/b' }],
    ['a slug in capitals', { id: 'Orders' }],
    ['a version that is none', { version: '1.0' }],
    ['a scope without an action', { scopes: [{ id: 'tickets', purpose: 'x' }] }],
    ['a scope without a purpose', { scopes: [{ id: 'tickets:read', purpose: '' }] }],
    ['egress to an address', withRule({ host: '127.0.0.1' })],
    ['egress to localhost', withRule({ host: 'localhost' })],
    ['egress to everything', withRule({ host: '*' })],
    ['egress to a top level domain', withRule({ host: '*.com:x' })],
    ['egress with a scheme', withRule({ host: 'https://api.example.com' })],
    ['egress with credentials', withRule({ host: 'user@api.example.com' })],
    ['a credential that is no secret setting', withRule({ attach: { ...rule?.attach, setting: 'api' } })],
    ['a credential of Object.prototype', withRule({ attach: { ...rule?.attach, setting: 'constructor' } })],
    ['a header that splits', withRule({ attach: { ...rule?.attach, format: '{value}\r\nX: 1' } })],
    ['a header name with a colon', withRule({ attach: { ...rule?.attach, header: 'A: b' } })],
    ['a function without an export', { functions: [{ id: 'src/a.server.ts', callable: true }] }],
    ['a function whose export is no name', { functions: [{ id: 'a#b c', callable: true }] }],
    ['too many surfaces', { surfaces: Array.from({ length: 501 }, () => manifest.surfaces[0]) }],
    ['a surface without a label', { surfaces: [{ kind: 'record.widgets', id: 'a' }] }],
    ['a timeout of nothing', withConfig({ timeout: 0 })],
    ['a timeout of more than an hour', withConfig({ timeout: 3_600_001 })],
    ['retries without end', withConfig({ retries: 11 })],
    ['half a retry', withConfig({ retries: 0.5 })],
    ['polling all the time', withConfig({ polling: { intervalMinutes: 0 } })],
    ['a cron of words', withConfig({ polling: { cron: 'every day at six' } })],
    ['a cron of six fields', withConfig({ polling: { cron: '0 0 6 * * 1' } })],
  ])('refuses %s', (_what, change) => {
    expect(isRefusal(parseManifest({ ...manifest, ...change }))).toBe(true)
  })
})

test('a config at its bounds is taken', () => {
  const bounds = { timeout: 3_600_000, retries: 10, polling: { intervalMinutes: 1, cron: '*/5 6-18 1,15 * MON' } }
  expect(isRefusal(parseManifest({ ...manifest, ...withConfig(bounds) }))).toBe(false)
})

describe('parseSettingsSchema', () => {
  const parse = (field: unknown, key = 'a') => parseSettingsSchema({ [key]: field }, 'settings')
  const nest = (depth: number): object =>
    depth === 0 ? { type: 'number', label: 'N' } : { type: 'struct', label: 'S', fields: { a: nest(depth - 1) } }

  test.each(hostileValues)('refuses %s as a field', (_what, value) => {
    expect(isRefusal(parse(value))).toBe(true)
  })

  test.each([
    ['an unknown type', { type: 'html', label: 'A' }],
    ['no label', { type: 'string' }],
    ['a default of another type', { type: 'number', label: 'A', default: '1' }],
    ['a secret with a default', { type: 'secret', label: 'A', default: 'x' }],
    [
      'a default that is no option',
      { type: 'select', label: 'A', options: [{ value: 'a', label: 'A' }], default: 'b' },
    ],
    ['options that are text', { type: 'select', label: 'A', options: ['a'] }],
    ['a pattern that is too long', { type: 'string', label: 'A', pattern: 'a'.repeat(501) }],
    ['optional: false', { type: 'string', label: 'A', optional: false }],
    ['structs without end', nest(6)],
  ])('refuses %s', (_what, field) => {
    expect(isRefusal(parse(field))).toBe(true)
  })

  test.each(['__proto__x', 'constructor', 'prototype', '1a', 'a-b', 'a.b', ''])('refuses the name %j', (key) => {
    expect(isRefusal(parse({ type: 'number', label: 'N' }, key))).toBe(true)
  })
})
