import type { Manifest } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { diffManifests } from './manifest-diff'
import { english } from './messages'
import { nextManifest, published } from './testing/fixtures'

const { manifest } = published
const compare = (before: Manifest | null, after: Manifest) =>
  diffManifests(before, after, english, (items) => items.join(', '))
const brief = (before: Manifest | null, after: Manifest) =>
  compare(before, after).map(({ group, kind, id, asksForMore }) => `${asksForMore ? '!' : ' '}${kind} ${group} ${id}`)

test('what a new version asks for, shows, runs and drops is said, and what asks for more is marked', () => {
  expect(brief(manifest, nextManifest)).toEqual([
    ' changed scopes tickets:read',
    '!added scopes customers:read',
    ' removed scopes tickets:comment',
    '!added egress geo.parcelworks.example',
    '!added connections shop',
    ' added surfaces record.actions move',
    '!changed functions src/orders.server.ts#refund',
  ])
  const details = Object.fromEntries(compare(manifest, nextManifest).map((change) => [change.id, change.details]))
  expect(details['tickets:read']?.[0]).toMatch(/^“Read the customer’s e-mail.*” is now “Read who wrote/)
  expect(details.shop).toEqual([
    'for the organization',
    'The platform attaches the credential at geo.parcelworks.example',
    'Its code can read the credential',
  ])
})

test('of a first version all is new, and of the same nothing changes, whatever the order of its keys', () => {
  expect(compare(null, manifest).every(({ kind }) => kind === 'added')).toBe(true)
  const reordered: Manifest = {
    ...manifest,
    scopes: manifest.scopes.map(({ id, purpose }) => ({ purpose, id })),
  }
  expect(compare(manifest, reordered)).toEqual([])
})

const { egress, connections } = nextManifest
const shop = connections?.[0]
const key = { setting: 'key', header: 'authorization', format: 'Bearer {value}' }

test.each<readonly [string, Manifest, Manifest, readonly string[]]>([
  [
    'a credential that is attached to a host',
    manifest,
    {
      ...manifest,
      egress: { server: manifest.egress.server.map((rule, index) => (index === 0 ? { ...rule, attach: key } : rule)) },
    },
    ['!changed egress orders.northwind.example'],
  ],
  [
    'a credential that is no longer attached',
    { ...manifest, egress: { server: egress.server.map((rule) => ({ ...rule, attach: key })) } },
    { ...manifest, egress },
    egress.server.map(({ host }) => ` changed egress ${host}`),
  ],
  [
    'code that may now read a credential',
    { ...manifest, connections: shop ? [{ ...shop, reveal: undefined } as unknown as typeof shop] : [] },
    { ...manifest, connections: shop ? [shop] : [] },
    ['!changed connections shop'],
  ],
  [
    'a stored secret that becomes a plain setting',
    manifest,
    {
      ...manifest,
      settings: {
        organization: { ...manifest.settings.organization, key: { type: 'string', label: 'API key' } },
        user: {},
      },
    },
    ['!changed settings organization key'],
  ],
  [
    'a server function that pages can no longer call',
    nextManifest,
    { ...nextManifest, functions: manifest.functions },
    [' changed functions src/orders.server.ts#refund'],
  ],
])('%s', (_name, before, after, expected) => {
  expect(brief(before, after)).toEqual(expected)
})
