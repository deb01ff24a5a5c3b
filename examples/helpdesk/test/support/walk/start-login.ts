import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findCli } from '../../../server/seed/publish-order-lookup'

/** A command line that waits to be let in. */
export interface RunningLogin {
  /** What it told its developer to open. */
  readonly link: string
  readonly exitCode: Promise<number | null>
  /** Ends it, and takes away what it kept. */
  readonly remove: () => Promise<void>
}

/** Runs the `souk login` of a developer who has no browser on the same machine. */
export const startLogin = async (url: string): Promise<RunningLogin> => {
  const home = await mkdtemp(join(tmpdir(), 'souk-login-'))
  const args = ['login', '--url', `${url}/api/souk`, '--name', 'laptop', '--json']
  const child = spawn(process.execPath, [findCli(), ...args], {
    cwd: home,
    env: { XDG_CONFIG_HOME: join(home, 'config') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve))
  let output = ''
  const link = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = output.match(/https?:\/\/\S+\?code=[A-Z]{4}-[A-Z]{4}/)
      if (found) resolve(found[0])
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`souk login ended with ${code}:\n${output}`)))
  })
  return {
    link,
    exitCode,
    remove: async () => {
      child.kill()
      await exitCode
      await rm(home, { recursive: true, force: true })
    },
  }
}
