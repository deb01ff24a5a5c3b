import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes'

test.each([
  ['en-GB', 0, '0 bytes'],
  ['en-GB', 1, '1 byte'],
  ['en-GB', 999, '999 bytes'],
  ['en-GB', 48_213, '48.2 kB'],
  ['de', 48_213, '48,2 kB'],
  ['de', 5_000_000, '5 MB'],
  ['en-GB', 12_300_000_000_000, '12,300 GB'],
])('in %s, %d bytes are %s', (locale, bytes, text) => {
  expect(formatBytes(locale, bytes).replaceAll(/\s/g, ' ')).toBe(text)
})
