import { expect, test } from 'vitest'
import { createHotUpdate, readHotUpdate } from './hot-update'

const sha256 = 'a1'.repeat(32)
const identity = { appId: 'app', appInstallationId: 'installation' }

test('what the product sends is read', () => {
  expect(readHotUpdate(createHotUpdate(identity, sha256))).toBe(sha256)
})

test.each([
  ['nothing', undefined],
  ['text', 'hot-update'],
  ['a hash that leads to another path', { ...createHotUpdate(identity, sha256), sha256: '../b/x' }],
  ['a hash that is too short', createHotUpdate(identity, 'a1')],
  ['one from the extension', { ...createHotUpdate(identity, sha256), source: 'souk-extension' }],
  ['another message', { ...createHotUpdate(identity, sha256), type: 'ping' }],
])('%s is no hot update', (_what, message) => {
  expect(readHotUpdate(message)).toBeUndefined()
})
