import { spawn } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, isRecord, isString, isStringArray, parseWireError } from '../protocol'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { appEntry } from './app-entry'
import { buildError, type SourcePlace } from './build-error'
import { findTextPlace } from './find-text-place'
import { bundle } from './rollup-bundle'
import { serverSplit } from './server-split'

/** What an app says of itself when its code is loaded, still unchecked. */
export interface ExtractedApp {
  readonly surfaces: unknown
  readonly settings: unknown
  readonly config: unknown
  /** Ids in the table of `server.js`, which are functions for certain. */
  readonly functions: readonly string[]
  /** What the `*.connection.ts` files export, by their paths, without functions. */
  readonly connections: readonly (readonly [path: string, definition: unknown])[]
  /** What the `*.tool.ts` files export, described for the manifest. */
  readonly tools: readonly unknown[]
  readonly toolsets: unknown
}

export interface ExtractOptions {
  readonly cwd: string
  readonly appFile: string
  readonly configFile: string
  /** The code of `server.js`, when there is one. */
  readonly serverCode: string | undefined
  /** Default 30,000. */
  readonly timeoutMs?: number
}

/**
 * Runs in the other process. The app is loaded as a browser would load it: no network, no `process`, no environment.
 * Its own output goes to stderr, so that stdout carries the answer alone.
 */
const RUNNER = `
const { process, Buffer } = globalThis
const answer = (value) => process.stdout.write(JSON.stringify(value), () => process.exit(0))
for (const level of ['log', 'info', 'debug']) console[level] = console.error
const fail = (during) => (error) =>
  answer({ error: { during, code: error?.code, name: error?.name, message: String(error?.message ?? error), stack: error?.stack } })
process.on('uncaughtException', fail('app'))
process.on('unhandledRejection', fail('app'))
for (const name of ['WebSocket', 'EventSource', 'process', 'Buffer', 'global']) delete globalThis[name]
globalThis.fetch = () => {
  throw new Error('fetch was called while the extension was loading. Call it when something happens, in a *.server.ts file.')
}
let during = 'app'
try {
  const { app, config, describeApp } = await import('./app.mjs')
  const { surfaces, settings, toolsets } = describeApp(app)
  during = 'server'
  // What they find in the runtime too.
  Object.assign(globalThis, { process, Buffer, global: globalThis, self: globalThis })
  const server = process.argv[2] === 'server' ? await import('./server.mjs') : { functions: {}, connections: [] }
  answer({ surfaces, settings, config, functions: Object.keys(server.functions), connections: server.connections, toolsets, tools: (server.describeTools?.() ?? []).filter(Boolean) })
} catch (error) {
  fail(during)(error)
}
`

/** Loads the app and `souk.config.ts` in a process of their own, and returns what they declare. */
export const extractApp = async (options: ExtractOptions): Promise<ExtractedApp> => {
  const { cwd, appFile, configFile, serverCode, timeoutMs = 30_000 } = options
  const { chunk } = await bundle({
    cwd,
    target: 'extract',
    entry: [
      appEntry(appFile),
      `export { default as config } from ${JSON.stringify(configFile)}`,
      "export { describeApp } from '@souk/extension-sdk/describe-app'",
    ].join('\n'),
    plugins: [serverSplit({ cwd })],
    output: { file: 'app.mjs', format: 'es', exports: 'named' },
  })
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'souk-build-')))
  try {
    const map = Buffer.from(JSON.stringify(chunk.map)).toString('base64')
    const code = chunk.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
    await writeFile(join(folder, 'app.mjs'), `${code}\n//# sourceMappingURL=data:application/json;base64,${map}\n`)
    if (serverCode !== undefined) await writeFile(join(folder, 'server.mjs'), serverCode)
    await writeFile(join(folder, 'run.mjs'), RUNNER)
    return parseAnswer(options, folder, await run(folder, serverCode !== undefined, timeoutMs))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const run = (folder: string, withServer: boolean, timeoutMs: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = ['--enable-source-maps', '--max-old-space-size=512', 'run.mjs', ...(withServer ? ['server'] : [])]
    const child = spawn(process.execPath, args, { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4000)
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer)
      if (exitCode === 0) return resolve(stdout)
      const reason = signal
        ? `did not finish loading in ${timeoutMs / 1000} seconds. Look for a loop or an await at the top of a file.`
        : `ended its process with exit code ${exitCode} while loading.`
      reject(new SdkError('BUILD_FAILED', `The extension ${reason}${stderr ? `\n${stderr.trim()}` : ''}`))
    })
  })

/** The first place in a stack that is a file of the app, as the source maps name it. */
const placeInStack = (cwd: string, folder: string, stack: string): SourcePlace | undefined => {
  for (const [, path = '', line] of stack.matchAll(/\(?((?:file:\/\/)?\/[^():]+):(\d+):\d+\)?$/gm)) {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path
    // Sources are named from the app's folder; the engine takes them to be beside the bundle.
    const inApp = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined
    if (inApp && !/^(?:app|run|server)\.mjs$|node_modules\//.test(inApp) && !inApp.startsWith('src/app/describe'))
      return { file: join(cwd, inApp), line: Number(line) }
  }
  return undefined
}

const parseAnswer = ({ cwd, appFile }: ExtractOptions, folder: string, text: string): ExtractedApp => {
  const answer: unknown = JSON.parse(text)
  if (!isRecord(answer)) throw new SdkError('BUILD_FAILED', `The extension described itself as ${describe(answer)}.`)
  const { error, surfaces, settings, config, functions, connections, tools, toolsets } = answer
  if (isRecord(error)) {
    const message = isString(error.message) ? error.message : 'unknown reason'
    // What describeApp refuses has a code and says already what to do, to what it names in quotes.
    const known = parseWireError(error)
    if (!isRefusal(known) && known.code === 'INVALID_MANIFEST') {
      const [, name = ''] = /"([^"]+)"/.exec(message) ?? []
      throw buildError(cwd, 'INVALID_MANIFEST', findTextPlace(cwd, appFile, name), message)
    }
    const place = isString(error.stack) ? placeInStack(cwd, folder, error.stack) : undefined
    const what = error.during === 'server' ? 'The server modules threw' : 'The extension threw'
    throw buildError(
      cwd,
      'BUILD_FAILED',
      place,
      `${what} while loading: ${message}. Loading must work without network and environment; do such work when called.`,
    )
  }
  return {
    surfaces,
    settings,
    config,
    functions: isStringArray(functions, 10_000) ? functions : [],
    connections: Array.isArray(connections) ? connections.filter(isConnectionEntry) : [],
    tools: Array.isArray(tools) ? tools : [],
    toolsets,
  }
}

const isConnectionEntry = (entry: unknown): entry is readonly [string, unknown] =>
  Array.isArray(entry) && entry.length === 2 && isString(entry[0])
