import { expect, test } from 'vitest'
import { fromPath, toPath } from './marketplace-path'

test.each([
  ['/apps', { name: 'browse' }],
  ['/apps/order-lookup', { name: 'app', slug: 'order-lookup' }],
  ['/apps/installed', { name: 'installed' }],
  ['/apps/installed/abc/history', { name: 'installation', id: 'abc', tab: 'history' }],
] as const)('%s and its place in the marketplace are the same both ways', (path, route) => {
  expect(fromPath(path)).toEqual(route)
  expect(toPath(route)).toBe(path)
})

test.each(['', '/', '/inbox', '/apps/', '//apps'])('%j is the start of the marketplace', (path) => {
  expect(fromPath(path)).toEqual({ name: 'browse' })
})

test('an unknown tab of an installation is its settings', () => {
  expect(fromPath('/apps/installed/abc/secrets')).toEqual({ name: 'installation', id: 'abc', tab: 'settings' })
})
