import type { DeveloperRoute, ReviewRoute } from '@souk/host/developer'
import { expect, test } from 'vitest'
import { fromDeveloperPath, fromReviewPath, toDeveloperPath, toReviewPath } from './developer-path'

test.each<readonly [DeveloperRoute]>([
  [{ name: 'apps' }],
  [{ name: 'app', slug: 'order-lookup', tab: 'logs' }],
  [{ name: 'version', slug: 'order-lookup', id: 'dep-1' }],
  [{ name: 'accounts' }],
  [{ name: 'account', id: 'acc-1', tab: 'keys' }],
  [{ name: 'invitation' }],
])('%j comes back from its address', (route) => {
  expect(fromDeveloperPath(toDeveloperPath(route))).toEqual(route)
})

test.each<readonly [ReviewRoute]>([[{ name: 'queue' }], [{ name: 'submission', id: 'dep-1' }]])(
  '%j of a reviewer comes back from its address',
  (route) => {
    expect(fromReviewPath(toReviewPath(route))).toEqual(route)
  },
)

test('the token of an invitation comes from behind the hash, and goes into no address', () => {
  expect(fromDeveloperPath('/developer/invitation', '#tok')).toEqual({ name: 'invitation', token: 'tok' })
  expect(toDeveloperPath({ name: 'invitation', token: 'tok' })).toBe('/developer/invitation')
})

test.each(['/developer/apps', '/developer/nowhere', '/'])('%s is where the apps are', (path) => {
  expect(fromDeveloperPath(path)).toEqual({ name: 'apps' })
})
