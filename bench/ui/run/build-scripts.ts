import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { ContenderBuild } from './contenders'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const bench = join(repository, 'bench/ui')

/** One script for a browser, as a product would ship it. */
const bundle = async (entry: string, outDir: string, react: 18 | 19): Promise<string> => {
  await build({
    configFile: false,
    logLevel: 'warn',
    // Everything that is deduplicated is taken from the root, so the root decides which React it is.
    root: react === 19 ? repository : bench,
    resolve: { dedupe: ['react', 'react-dom', 'scheduler'] },
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2023',
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(bench, entry),
        output: { format: 'iife', entryFileNames: `${entry.replaceAll('/', '-')}.js` },
      },
    },
  })
  return readFile(join(outDir, `${entry.replaceAll('/', '-')}.js`), 'utf8')
}

export interface Scripts {
  readonly page: string
  readonly frame: string | undefined
  readonly worker: string | undefined
}

export const buildScripts = async (
  { react, page, frame, worker }: ContenderBuild,
  outDir: string,
): Promise<Scripts> => ({
  page: await bundle(`page/${page}`, outDir, react),
  frame: frame && (await bundle(`frames/${frame}`, outDir, react)),
  worker: worker && (await bundle(`frames/${worker}`, outDir, react)),
})
