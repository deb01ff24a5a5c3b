import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** One line of our source that a control switches off. */
export interface Patch {
  /** From the root of the repository. */
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
}

const SOURCES = [
  { find: /^@souk\/host$/, replacement: `${ROOT}packages/host/src/index.ts` },
  { find: /^@souk\/host\/components$/, replacement: `${ROOT}packages/host/src/components/index.ts` },
  { find: /^@souk\/extension-sdk\/protocol$/, replacement: `${ROOT}packages/extension-sdk/src/protocol/index.ts` },
]

/** Replaces pieces of our source, and fails when one is not there: a control that switches nothing off proves nothing. */
const patching = (patches: readonly Patch[], applied: Set<Patch>): Plugin => ({
  name: 'cage:patch',
  enforce: 'pre',
  transform(code, id) {
    let changed = code
    for (const patch of patches) {
      if (id.split('?', 1)[0] !== `${ROOT}${patch.file}`) continue
      const next = changed.replace(patch.from, patch.to)
      if (next === changed) throw new Error(`${patch.file} has no ${patch.from} to switch off.`)
      changed = next
      applied.add(patch)
    }
    return changed === code ? null : changed
  },
})

export const bundle = async (entry: string, format: 'es' | 'iife', patches: readonly Patch[], fromSource: boolean) => {
  const applied = new Set<Patch>()
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: fromSource ? SOURCES : [] },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [patching(patches, applied)],
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: [format], name: 'cage' } },
  })
  for (const patch of patches) if (!applied.has(patch)) throw new Error(`${patch.file} is not part of ${entry}.`)
  const [output] = Array.isArray(result) ? result : [result]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error(`Nothing was built from ${entry}.`)
  return chunk.code
}

/** The product's page with the host as it is published, or with a weakened copy of its source. */
export const buildPage = (patches: readonly Patch[] = []): Promise<string> =>
  bundle(`${ROOT}test/cage/page/product.tsx`, 'es', patches, patches.length > 0)

/** One of the scripts of the frame, weakened. */
export const buildFrameScript = (name: 'boot' | 'worker' | 'probe', patches: readonly Patch[]): Promise<string> =>
  bundle(`${ROOT}packages/extension-sdk/src/runtime/${name}.ts`, 'iife', patches, true)
