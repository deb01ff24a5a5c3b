import { spawn } from 'node:child_process'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionOutcome, FunctionRuntime } from '@souk/server-adapter/runtime'
import { resolveDeno } from '../../packages/server-adapter/src/runtime/resolve-deno'
import { processTree, residentMegabytes } from './resident-memory'
import type { Subject } from './run-program'
import type { Theatre } from './theatre'

const HOST = fileURLToPath(new URL('unprotected-host.ts', import.meta.url))
const BOUND_MEGABYTES = 600

/** Undefined when a program has broken the words of its host, whose caller then waits in vain. */
const readAnswer = (line: string): { readonly id: number; readonly outcome: FunctionOutcome } | undefined => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The control: a host of its own for one program, which runs app code in its own process. */
export const createUnprotected = async (
  { secret, secretVariable, service }: Theatre,
  programId: string,
): Promise<Subject> => {
  const waiting = new Map<number, (outcome: FunctionOutcome) => void>()
  let lastId = 0
  let isAlive = true
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const connected = new Promise<Socket>((resolve) => server.on('connection', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const program = ['run', '-A', '--quiet', '--no-check', '--no-lock', '--no-config', '--ext=ts', HOST]
  const child = spawn(resolveDeno(), [...program, String(port), `${service.url}/${programId}/hosts`], {
    cwd: dirname(HOST),
    env: { [secretVariable]: secret, NO_COLOR: '1', DENO_DIR: join(tmpdir(), 'souk-abuse-cache') },
    stdio: 'ignore',
  })
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  child.on('exit', () => {
    isAlive = false
    for (const resolve of waiting.values())
      resolve({ ok: false, error: { code: 'HOST_ENDED', message: 'The host ended.' }, logs: [], durationMs: 0 })
    waiting.clear()
  })
  const socket = await Promise.race([connected, exited])
  if (!socket) throw new Error('The unprotected host did not start.')
  let buffer = ''
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('data', (chunk: string) => {
    buffer += chunk
    const lines = buffer.split('\n')
    buffer = lines.pop() ?? ''
    for (const line of lines) {
      const answer = readAnswer(line)
      if (!answer) continue
      waiting.get(answer.id)?.(answer.outcome)
      waiting.delete(answer.id)
    }
  })
  const hosts: Record<string, string> = { 'service.example': service.url, 'other.example': service.url }
  const runtime: FunctionRuntime = {
    load: async () => {},
    async invoke({ installationId, source, functionId, args, deadlineMs }) {
      const id = ++lastId
      const text = await source()
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        socket.write(`${JSON.stringify({ id, installationId, source: text, functionId, args, deadlineMs })}\n`)
        if (!isAlive) resolve({ ok: false, error: { code: 'HOST_ENDED', message: '' }, logs: [], durationMs: 0 })
      })
    },
    unload: async () => {},
    stats: () => ({ processes: 0, calls: 0, kills: 0 }),
    async dispose() {
      child.kill('SIGKILL')
      await exited
      socket.destroy()
      server.close()
    },
  }
  return {
    runtime,
    hosts,
    hostPid: () => child.pid ?? 0,
    isHostAlive: () => isAlive,
    residentMegabytes() {
      const sizes = processTree(child.pid ?? 0).map(residentMegabytes)
      // Seen; the machine is spared the rest.
      if (sizes.some((size) => size > BOUND_MEGABYTES)) child.kill('SIGKILL')
      return sizes
    },
    boundMegabytes: BOUND_MEGABYTES,
    rebind(host, privateUrl) {
      hosts[host] = privateUrl
    },
    onStage(collectorUrl, stagePort) {
      for (const name of [`private.example:${stagePort}`, `mixed.example:${stagePort}`, 'denied.example'])
        hosts[name] = collectorUrl
    },
    graceMs: 3_000,
  }
}
