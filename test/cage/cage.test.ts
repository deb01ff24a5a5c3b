import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { attacks } from './attacks'
import { securityTables } from './security-tables'

test('there are at least 120 attacks where extensions run, each with an id of its own', () => {
  expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length)
  expect(attacks.filter(({ realm = 'worker' }) => realm === 'worker').length).toBeGreaterThanOrEqual(120)
})

test('an attack that cannot be blocked says why in a sentence', () => {
  for (const { id, notBlockable } of attacks) if (notBlockable) expect(notBlockable.because, id).toMatch(/^.{40,}\.$/)
})

// After a change: `npx tsx test/cage/write-security-tables.ts`.
test('docs/security.md has a row for every attack, with the outcome that the suite proves', async () => {
  const text = await readFile(new URL('../../docs/security.md', import.meta.url), 'utf8')
  expect(text).toContain(securityTables())
})
