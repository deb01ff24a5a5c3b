import { expect, test } from 'vitest'
import { findSurprise, quickAttacks, runSuite } from './run-suite'

// `npm run test:cage` runs everything in both modes, what takes long as well.
test('every attack is blocked in both modes, but for those named as not blockable, and every weakened build is caught', {
  timeout: 3_600_000,
}, async () => {
  const { attacks: results, controls } = await runSuite({ quick: true })
  expect(results).toHaveLength(quickAttacks('origin').length + quickAttacks('opaque').length)
  expect(results.flatMap((result) => findSurprise(result) ?? [])).toEqual([])
  expect(controls.filter(({ caught }) => !caught).map(({ id }) => id)).toEqual([])
  expect(controls.map(({ id }) => id).sort()).toEqual(['csp', 'props', 'relay', 'sandbox', 'source'])
})
