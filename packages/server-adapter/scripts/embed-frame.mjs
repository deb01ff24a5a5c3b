// Writes the scripts of the extension frame into the source, so that the sandbox serves them from memory on any runtime.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const frame = new URL('../../extension-sdk/dist/frame/', import.meta.url)
const target = new URL('../src/sandbox/frame-assets.generated.ts', import.meta.url)

const read = (name) => {
  const file = new URL(name, frame)
  if (!existsSync(file)) {
    console.error(
      `embed-frame: ${fileURLToPath(file)} is not there. Build the SDK first: npm run build -w @souk/extension-sdk`,
    )
    process.exit(1)
  }
  const source = readFileSync(file, 'utf8')
  return { source, sha256: createHash('sha256').update(source).digest('hex') }
}

const assets = {
  boot: read('boot.js'),
  worker: read('worker.js'),
  workerDevelopment: read('worker.development.js'),
  probe: read('probe.js'),
}
writeFileSync(
  target,
  `// Written by scripts/embed-frame.mjs.
import type { FrameAssets } from './frame-assets'

export const frameAssets: FrameAssets = ${JSON.stringify(assets, null, 2)}
`,
)
const summary = Object.entries(assets).map(
  ([name, { sha256, source }]) => `${name} ${sha256.slice(0, 8)} (${source.length} bytes)`,
)
console.log(`embed-frame: ${summary.join(', ')}`)
