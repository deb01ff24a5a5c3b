/**
 * Builds the playground into the SDK's `dist/playground`: a page and a server with everything inside, so that who installs the SDK
 * installs neither the host nor the server adapter.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('..', import.meta.url))
const outdir = fileURLToPath(new URL('../../extension-sdk/dist/playground', import.meta.url))

const common = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  format: 'esm',
  outdir,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
}

rmSync(outdir, { recursive: true, force: true })
const results = await Promise.all([
  build({
    ...common,
    entryPoints: { page: 'src/page/main.tsx' },
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
  build({
    ...common,
    entryPoints: { server: 'src/server/index.ts' },
    platform: 'node',
    target: 'node20',
    // Some packages are CommonJS and require what Node brings.
    banner: {
      js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
    },
  }),
])
writeFileSync(join(outdir, 'index.html'), readFileSync(join(folder, 'src/page/index.html')))

/** The folder of the package that a file belongs to. */
const packageOf = (path) => {
  let parent = dirname(join(folder, path))
  while (
    !existsSync(join(parent, 'package.json')) ||
    !JSON.parse(readFileSync(join(parent, 'package.json'), 'utf8')).version
  )
    parent = dirname(parent)
  return parent
}

/** Every package that is inside, with the text of its licence, as their licences ask for. */
const notices = () => {
  const inputs = results
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .filter((path) => path.includes('node_modules/'))
  const folders = [...new Set(inputs.map(packageOf))].sort()
  return folders.map((path) => {
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(join(path, file), 'utf8').trim() : `Licensed under ${license}.`
    return `${name} ${version} (${license})\n\n${text}\n`
  })
}
writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), `${[...new Set(notices())].join(`\n${'-'.repeat(80)}\n\n`)}`)
