import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

const SYSTEM_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Flags that keep a test browser quiet on a closed network. Site isolation and web security stay as users have them. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const cache = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url))

/** Unpacks the Chromium that npm brought, with the shared libraries that a bare machine lacks. */
const unpackChromium = async () => {
  mkdirSync(cache, { recursive: true })
  // The package unpacks into TMPDIR and takes whatever lies there, of any version: so it gets a folder of its own.
  const previous = process.env.TMPDIR
  process.env.TMPDIR = cache
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const executablePath = await chromium.executablePath()
    if (!existsSync(join(cache, 'lib'))) {
      const bin = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../../bin')
      execFileSync('tar', ['x', '-C', cache], { input: brotliDecompressSync(readFileSync(join(bin, 'al2023.tar.br'))) })
    }
    return { executablePath, env: { ...process.env, TMPDIR: previous, LD_LIBRARY_PATH: join(cache, 'lib') } }
  } finally {
    if (previous === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = previous
  }
}

/**
 * The Chromium that tests run in: `CHROMIUM_PATH`, else the system's, else the one from npm.
 *
 * @returns {Promise<{ executablePath: string, env: Record<string, string>, args: string[], isPinned: boolean }>} For Playwright's launch options;
 *   `isPinned` says that it is the one from npm, which draws alike everywhere.
 */
export const resolveChromium = async () => {
  const installed = process.env.CHROMIUM_PATH ?? SYSTEM_CHROMIUM.find((path) => existsSync(path))
  const { executablePath, env } = installed
    ? { executablePath: installed, env: { ...process.env } }
    : await unpackChromium()
  const defined = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
  return { executablePath, env: defined, args: ARGS, isPinned: installed === undefined }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await resolveChromium()).executablePath)
