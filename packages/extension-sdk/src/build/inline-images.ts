import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Plugin } from 'rollup'
import { buildError } from './build-error'
import { filePathOf } from './server-module'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}

/** What a listing accepts, once it is base64. */
const MAX_BYTES = 140 * 1024

/** An imported image is its data URL: an extension has no place to load files from. */
export const inlineImages = (cwd: string): Plugin => ({
  name: 'souk:inline-images',
  async load(id) {
    const path = filePathOf(id)
    const type = MEDIA_TYPES[extname(path)]
    if (!type || id.startsWith('\0')) return null
    this.addWatchFile(path)
    const bytes = await readFile(path)
    if (bytes.length > MAX_BYTES)
      throw buildError(
        cwd,
        'BUILD_FAILED',
        { file: path },
        `The image has ${Math.ceil(bytes.length / 1024)} KB; at most ${MAX_BYTES / 1024} KB can be inlined. Make it smaller.`,
      )
    return `export default ${JSON.stringify(`data:${type};base64,${bytes.toString('base64')}`)}`
  },
})
