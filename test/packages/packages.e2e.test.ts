import { expect, test } from 'vitest'
import { isQuick, PACKAGES, titleOf } from './packages'
import { expectationOf, runPackage } from './run-package'

test.each(PACKAGES.filter((one) => !isQuick(one)).map((one) => [titleOf(one), one] as const))(
  '%s works in a server function',
  async (_title, one) => {
    expect(await runPackage(one)).toEqual(expectationOf(one))
  },
)
