import { expect, test } from 'vitest'
import type { AppListing } from './api'
import type { Manifest } from './manifest'
import { hasErrors, publishChecks } from './publish-checks'

const listing: AppListing = {
  title: 'Orders',
  description:
    'Finds the orders of whoever wrote a ticket, beside the ticket. For support teams that use Northwind for what they sell.',
  category: 'commerce',
  tags: [],
  avatarUrl: 'https://example.com/icon.png',
  overview: 'Most tickets are about an order.',
  contentHowItWorks: null,
  contentConfigure: null,
  screenshots: ['https://example.com/1.png'],
  websiteUrl: null,
  documentationUrl: null,
  supportUrl: 'https://example.com/help',
  termsUrl: null,
}

const manifest: Manifest = {
  manifestVersion: 1,
  id: 'orders',
  version: '1.0.0',
  protocolVersion: 1,
  scopes: [],
  egress: { server: [] },
  surfaces: [{ kind: 'record.widgets', id: 'orders', label: 'Orders' }],
  settings: { organization: {}, user: {} },
  functions: [],
}

test('an app that has everything lacks nothing', () => {
  expect(publishChecks(listing, manifest)).toEqual([])
})

test.each<[string, Partial<AppListing>, Partial<Manifest>, string]>([
  ['no category', { category: ' ' }, {}, 'error category'],
  ['a short description', { description: 'Orders.' }, {}, 'error description'],
  ['no overview', { overview: null }, {}, 'error overview'],
  ['nothing to run', {}, { surfaces: [] }, 'error manifest'],
  ['no image', { avatarUrl: null }, {}, 'warning avatarUrl'],
  ['no screenshots', { screenshots: [] }, {}, 'warning screenshots'],
  ['no support page', { supportUrl: null }, {}, 'warning supportUrl'],
])('%s is told, with what to do', (_what, change, manifestChange, expected) => {
  const checks = publishChecks({ ...listing, ...change }, { ...manifest, ...manifestChange })
  expect(checks.map(({ severity, field }) => `${severity} ${field}`)).toEqual([expected])
  expect(checks[0]?.fix).toMatch(/\w+ .*\.$/)
  expect(hasErrors(checks)).toBe(expected.startsWith('error'))
})
