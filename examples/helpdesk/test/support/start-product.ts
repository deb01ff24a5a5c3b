import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

export interface RunningProduct {
  readonly url: string
  /** `*` stands for the id of an installation. */
  readonly sandboxOrigin: string
  readonly ordersApiKey: string
  readonly dataDir: string
  /** All that it printed so far. */
  output(): string
  /** Sends the signal of Ctrl-C and waits. @returns The exit code. */
  stop(): Promise<number | null>
}

export interface EndedProduct {
  readonly exitCode: number | null
  readonly output: string
}

const launch = (environment: Readonly<Record<string, string>>): { child: ChildProcess; output: () => string } => {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    // `NODE_ENV=test` and the like of the test runner must not reach the product.
    env: { ...pick(process.env, ['PATH', 'HOME', 'TMPDIR', 'LANG']), PORT: '0', SANDBOX_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  return { child, output: () => output }
}

const pick = (env: NodeJS.ProcessEnv, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('close', (code) => resolve(code)))

/** Makes a data folder of its own, which `remove` takes away. */
export const createDataDir = async () => {
  const path = await mkdtemp(join(tmpdir(), 'fernhill-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Starts what `npm start` starts, on free ports, and waits until it says that it is ready. */
export const startProduct = async (
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningProduct> => {
  const { child, output } = launch({ DATA_DIR: dataDir, ...environment })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => output().includes('Stop with Ctrl-C') && resolve())
    child.once('close', (code) => reject(new Error(`The product ended with code ${code}:\n${output()}`)))
  })
  const find = (pattern: RegExp): string => {
    const found = output().match(pattern)?.[1]
    if (found === undefined) throw new Error(`The product printed nothing like ${pattern}:\n${output()}`)
    return found
  }
  return {
    url: find(/^Souk is ready: (http:\/\/localhost:\d+)$/m),
    sandboxOrigin: find(/Extensions run on\s+(\S+)/),
    ordersApiKey: find(/(nw_live_[a-z0-9]+)/),
    dataDir,
    output,
    stop: () => {
      const exit = ended(child)
      child.kill('SIGINT')
      return exit
    },
  }
}

/** Runs what `npm start` runs, expecting it to end by itself. */
export const runToEnd = async (environment: Readonly<Record<string, string>>): Promise<EndedProduct> => {
  const { child, output } = launch(environment)
  return { exitCode: await ended(child), output: output() }
}
