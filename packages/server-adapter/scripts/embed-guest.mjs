// Bundles the program that runs inside Deno into a module, so that sources and both builds carry the same text, wherever they are.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const guest = new URL('../src/runtime/guest/', import.meta.url)

/** The text of `guest-script.ts`. */
export const bundleGuest = async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', guest))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['node:*'],
    tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    legalComments: 'none',
    charset: 'utf8',
  })
  // esbuild names each file in a comment, by a path that depends on the folder it was started in.
  const code = outputFiles[0].text.replace(/^\/\/ .*\n/gm, '')
  const escaped = code.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')
  return `// Made by scripts/embed-guest.mjs from main.ts. Do not edit.\nexport const GUEST_SCRIPT = \`${escaped}\`\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('guest-script.ts', guest), await bundleGuest())
