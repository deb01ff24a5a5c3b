import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import type { OutputChunk } from 'rollup'
import { filePathOf } from './server-module'

export interface Size {
  readonly bytes: number
  readonly compressedBytes: number
}

export interface BundleSizes {
  readonly total: Size
  /** The app's own files. */
  readonly own: Size
  /** What comes from packages. */
  readonly dependencies: Size
}

const sizeOf = (code: string): Size => ({
  bytes: Buffer.byteLength(code),
  compressedBytes: code ? gzipSync(code, { level: 9 }).length : 0,
})

/** How much of a bundle is the app's own code, each part as it would be alone. */
export const measureSizes = async (cwd: string, chunk: OutputChunk): Promise<BundleSizes> => {
  const isOwn = (id: string) => filePathOf(id).startsWith(`${cwd}/`) && !id.includes('/node_modules/')
  const parts = { own: '', dependencies: '' }
  for (const [id, { code }] of Object.entries(chunk.modules))
    parts[isOwn(id) ? 'own' : 'dependencies'] += `${code ?? ''}\n`
  // A part is a list of statements of a module, with the imports taken out: it need not be complete to be measured.
  const shrink = async (code: string) =>
    (await transform(code, { minifyWhitespace: true, minifySyntax: true, legalComments: 'none' })).code
  return {
    total: sizeOf(chunk.code),
    own: sizeOf(await shrink(parts.own)),
    dependencies: sizeOf(await shrink(parts.dependencies)),
  }
}
