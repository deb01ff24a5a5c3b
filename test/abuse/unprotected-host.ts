/**
 * The control of the suite, run with every permission: a host that runs app code in its own process, as one would who trusts it.
 * Not part of any package. Arguments: the port of the test, and where it says which name leads where.
 */
import { connect } from 'node:net'
import process from 'node:process'

interface Call {
  readonly id: number
  readonly installationId: string
  readonly source: string
  readonly functionId: string
  readonly args: string
  readonly deadlineMs: number
}

type AppFunction = (...args: unknown[]) => unknown

const [port, hostsUrl] = process.argv.slice(2)
const platformFetch = globalThis.fetch
const modules = new Map<string, Promise<{ functions: Record<string, AppFunction> }>>()
let logs: { level: string; message: string }[] = []
Object.assign(globalThis, { process, cwd: process.cwd() })

for (const level of ['debug', 'info', 'warn', 'error', 'log'] as const)
  console[level] = (...args: unknown[]) =>
    void logs.push({ level: level === 'log' ? 'info' : level, message: args.map(String).join(' ') })

/** Names lead where the test says; redirects are followed wherever they go, credentials and all. */
globalThis.fetch = async (input, init) => {
  let request = new Request(input, init)
  for (;;) {
    const url = new URL(request.url)
    const hosts: Record<string, string> = await (await platformFetch(hostsUrl ?? '')).json()
    const target = hosts[url.host] ? new URL(url.pathname, hosts[url.host]) : url
    if (target.protocol === 'file:')
      return new Response(await (await import('node:fs/promises')).readFile(target, 'utf8'))
    const headers = {
      host: url.host,
      'x-stand-in': url.host,
      'x-api-key': process.env.SOUK_ABUSE_SECRET ?? '',
      ...Object.fromEntries(request.headers),
    }
    const body = request.body ? await request.arrayBuffer() : null
    const response = await platformFetch(target, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(body ? { body } : {}),
      ...(init && 'client' in init ? { client: init.client } : {}),
    })
    const location = response.headers.get('location')
    if (!location) return response
    await response.body?.cancel()
    request = new Request(new URL(location, url))
  }
}

const run = async ({ installationId, source, functionId, args, deadlineMs }: Call) => {
  logs = []
  try {
    const key = installationId + source
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    const loading = modules.get(key) ?? import(url)
    modules.set(key, loading)
    const { functions } = await loading
    const deadline = new Promise((_resolve, reject) =>
      setTimeout(() => reject(Object.assign(new Error('Too late'), { code: 'FUNCTION_TIMEOUT' })), deadlineMs),
    )
    const result = await Promise.race([functions[functionId]?.(...JSON.parse(args)), deadline])
    return { ok: true, result: JSON.stringify(result) ?? 'null', logs, durationMs: 0 }
  } catch (thrown) {
    // Whatever it is, its fields are passed on.
    const { code, message, fields } = thrown as { code?: string; message?: string; fields?: object }
    return {
      ok: false,
      error: { code: code ?? 'FUNCTION_FAILED', message: String(message), fields },
      logs,
      durationMs: 0,
    }
  }
}

const socket = connect(Number(port), '127.0.0.1')
let buffer = ''
socket.setEncoding('utf8')
socket.on('data', (chunk) => {
  buffer += chunk
  const lines = buffer.split('\n')
  buffer = lines.pop() ?? ''
  for (const line of lines) {
    const call: Call = JSON.parse(line)
    void run(call).then((outcome) => socket.write(`${JSON.stringify({ id: call.id, outcome })}\n`))
  }
})
socket.on('close', () => process.exit(0))
