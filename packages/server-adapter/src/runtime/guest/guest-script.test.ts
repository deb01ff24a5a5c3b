import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
// @ts-expect-error a build script without types
import { bundleGuest } from '../../../scripts/embed-guest.mjs'

test('the embedded guest is what its sources build to; if not, run node packages/server-adapter/scripts/embed-guest.mjs', async () => {
  expect(await readFile(new URL('guest-script.ts', import.meta.url), 'utf8')).toBe(await bundleGuest())
})
