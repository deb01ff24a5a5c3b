import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Manifest } from '../protocol'
import { parseManifest } from '../protocol/manifest'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'

/** The manifest of the last build in this folder: it says which app and version a command means. */
export const readBuiltManifest = async (): Promise<Manifest> => {
  const path = resolve('dist', 'manifest.json')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SdkError(
      'CLI_USAGE',
      `There is no ${path}. Run souk build in the folder of the extension, or name the app with --app.`,
      { cause },
    )
  })
  const manifest = parseManifest(JSON.parse(text))
  if (isRefusal(manifest)) throw new SdkError('INVALID_MANIFEST', `${path}: ${manifest.refused} Run souk build again.`)
  return manifest
}
