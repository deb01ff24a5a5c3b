import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createProcessRuntime, type FunctionRuntime } from '@souk/server-adapter/runtime'

/** The runtime of this machine, or one that answers every call with what to do about it. */
export interface LocalRuntime {
  readonly runtime: FunctionRuntime
  readonly problem: string | null
}

/** The program of the npm package `deno`, seen from the project. Undefined when it is not there. */
const findDeno = (cwd: string): string | undefined => {
  try {
    const deno = createRequire(join(cwd, 'package.json')).resolve('deno/package.json')
    const family = process.platform === 'linux' ? '-glibc' : ''
    const program = createRequire(deno).resolve(`@deno/${process.platform}-${process.arch}${family}/package.json`)
    return join(dirname(program), process.platform === 'win32' ? 'deno.exe' : 'deno')
  } catch {
    return undefined
  }
}

const MISSING =
  'Server functions run in Deno, as they do in production, and the npm package deno is not installed here. ' +
  'Run: npm install --save-dev deno. Everything else works without it.'

export const createLocalRuntime = (cwd: string, hosts: Readonly<Record<string, string>>): LocalRuntime => {
  const denoPath = findDeno(cwd)
  if (denoPath)
    return { runtime: createProcessRuntime({ denoPath, egress: { developmentHosts: hosts } }), problem: null }
  const error = { code: 'RUNTIME_UNAVAILABLE', message: MISSING }
  return {
    problem: MISSING,
    runtime: {
      load: async () => {},
      invoke: async () => ({ ok: false, error, durationMs: 0, logs: [] }),
      unload: async () => {},
      stats: () => ({ processes: 0, calls: 0, kills: 0 }),
      dispose: async () => {},
    },
  }
}
