import { expect, test } from 'vitest'
import { provideRandomUuid } from './provide-random-uuid'

const withoutUuid = (): { getRandomValues: Crypto['getRandomValues']; randomUUID?: () => string } => ({
  getRandomValues: (array) => crypto.getRandomValues(array),
})

test('where the browser has no randomUUID, there is one of version 4', () => {
  const insecure = withoutUuid()
  provideRandomUuid(insecure)
  const ids = Array.from({ length: 50 }, () => insecure.randomUUID?.())
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(50)
})

test("the browser's own is kept", () => {
  const own = () => 'own'
  const secure = { ...withoutUuid(), randomUUID: own }
  provideRandomUuid(secure)
  expect(secure.randomUUID).toBe(own)
})
