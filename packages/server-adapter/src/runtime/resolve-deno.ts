import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { SoukError } from '../souk-error'

const INSTALL = 'Run: npm install deno@2'

const platformPackage = (): string => {
  const family = process.platform === 'linux' ? '-glibc' : ''
  return `@deno/${process.platform}-${process.arch}${family}`
}

/**
 * Finds the Deno program that the npm package `deno` brought. The package's own `bin` is a Node script around it, and would put
 * a Node process between us and the process that has to be measured and killed.
 *
 * @throws {SoukError} `RUNTIME_UNAVAILABLE` with the command to run.
 */
export const resolveDeno = (denoPath?: string): string => {
  const path = denoPath ?? join(dirname(resolvePackage()), process.platform === 'win32' ? 'deno.exe' : 'deno')
  if (existsSync(path)) return path
  throw new SoukError(
    'RUNTIME_UNAVAILABLE',
    `Server functions need Deno, and there is no program at ${path}. ${INSTALL}`,
  )
}

const resolvePackage = (): string => {
  const from = createRequire(import.meta.url)
  let deno: string
  try {
    deno = from.resolve('deno/package.json')
  } catch (cause) {
    throw new SoukError(
      'RUNTIME_UNAVAILABLE',
      `Server functions run in Deno, and the npm package "deno" is not installed. ${INSTALL}`,
      { cause },
    )
  }
  const name = platformPackage()
  try {
    // Seen from deno itself: with a strict node_modules only it can see its platform packages.
    return createRequire(deno).resolve(`${name}/package.json`)
  } catch (cause) {
    throw new SoukError(
      'RUNTIME_UNAVAILABLE',
      `Server functions run in Deno, and its program for this machine, the npm package "${name}", is not installed. ` +
        `Install with optional dependencies on a platform Deno supports. ${INSTALL}`,
      { cause },
    )
  }
}
