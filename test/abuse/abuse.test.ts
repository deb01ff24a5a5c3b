import { expect, test } from 'vitest'
import { abusePage } from './page'
import { PROGRAMS } from './programs'

test('the programs have ids of their own, and are many', () => {
  expect(new Set(PROGRAMS.map(({ id }) => id)).size).toBe(PROGRAMS.length)
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(80)
})

// After `npm run test:abuse`: npx vitest run --project node test/abuse -u
test('docs/abuse-suite.md shows the last whole run', async () => {
  await expect(abusePage()).toMatchFileSnapshot('../../docs/abuse-suite.md')
})
