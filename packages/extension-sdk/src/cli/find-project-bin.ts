import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isRecord, isString } from '../protocol/parse'

/** The program of a package that the project has installed, as a file for Node; undefined when it has not. */
export const findProjectBin = async (cwd: string, name: string): Promise<string | undefined> => {
  let manifestPath: string
  try {
    manifestPath = createRequire(join(cwd, 'package.json')).resolve(`${name}/package.json`)
  } catch {
    return undefined
  }
  const manifest: unknown = JSON.parse(await readFile(manifestPath, 'utf8'))
  const bin = isRecord(manifest) ? manifest.bin : undefined
  const path = isRecord(bin) ? bin[name] : bin
  return isString(path) ? join(dirname(manifestPath), path) : undefined
}
