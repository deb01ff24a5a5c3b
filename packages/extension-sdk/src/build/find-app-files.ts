import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SdkError } from '../sdk-error'

/** The files that every extension has. */
export interface AppFiles {
  readonly packageFile: string
  readonly configFile: string
  readonly appFile: string
}

/** @throws {SdkError} `CONFIG_INVALID` naming the one that is missing. */
export const findAppFiles = (cwd: string): AppFiles => ({
  packageFile: findFile(cwd, ['package.json']),
  configFile: findFile(cwd, ['souk.config.ts', 'souk.config.mts', 'souk.config.js', 'souk.config.mjs']),
  appFile: findFile(cwd, ['src/app.tsx', 'src/app.ts', 'src/app.jsx', 'src/app.js']),
})

const findFile = (folder: string, names: readonly string[]): string => {
  const path = names.map((name) => join(folder, name)).find((candidate) => existsSync(candidate))
  if (path) return path
  throw new SdkError(
    'CONFIG_INVALID',
    `There is no ${names[0]} in ${folder}. Run souk in the folder of an extension, or create the file.`,
  )
}
