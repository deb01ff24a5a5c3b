import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

export interface SoukRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as JSON. */
  json(): unknown
}

export const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
export const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Runs `souk` as a process without a terminal, from the sources. */
export const runSouk = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<SoukRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout, stderr, json: (): unknown => JSON.parse(stdout) as unknown }),
    )
  })
