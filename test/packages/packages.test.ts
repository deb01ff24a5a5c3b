import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isQuick, PACKAGES, packagesTable, titleOf } from './packages'
import { expectationOf, runPackage } from './run-package'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

test.each(PACKAGES.filter(isQuick).map((one) => [titleOf(one), one] as const))(
  '%s works in a server function',
  async (_title, one) => {
    expect(await runPackage(one)).toEqual(expectationOf(one))
  },
)

test('two packages are tried with the units', () => {
  expect(PACKAGES.filter(isQuick)).toHaveLength(2)
})

test('the documentation names the packages that are tested, and those versions are installed', () => {
  expect(read('../../docs/server-functions.md')).toContain(`\n${packagesTable()}\n`)
  const installed: Readonly<Record<string, string>> = JSON.parse(read('package.json')).devDependencies
  const exact = Object.entries(installed).map(([name, version]) =>
    version.startsWith('npm:') ? version.slice('npm:'.length) : `${name}@${version}`,
  )
  expect([...new Set(PACKAGES.map(({ name, version }) => `${name}@${version}`))].sort()).toEqual(exact.sort())
})
