import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionRuntime } from './function-runtime'
import { createProcessRuntime } from './process-runtime'
import { bundleOf, callFunction } from './runtime-test-kit'

let runtime: FunctionRuntime
let listener: Server
let connections = 0
const file = join(tmpdir(), `souk-attack-${process.pid}`)

beforeAll(async () => {
  runtime = createProcessRuntime()
  listener = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  expect(connections).toBe(0)
  expect(existsSync(file)).toBe(false)
})
afterAll(async () => {
  listener.close()
  await runtime.dispose()
})

/** All attacks run in one process, as functions of one hostile app; `port` is an open one of this machine. */
const ATTACKS = {
  'Deno.readTextFile': '() => Deno.readTextFile("/etc/passwd")',
  'Deno.writeTextFile': '(port, file) => Deno.writeTextFile(file, "x")',
  'Deno.readDir': 'async () => { for await (const entry of Deno.readDir("/")) return entry }',
  'Deno.Command': '(port, file) => new Deno.Command("/usr/bin/touch", { args: [file] }).output()',
  'Deno.Command of Deno itself': '() => new Deno.Command(Deno.execPath(), { args: ["--version"] }).output()',
  'Deno.env': '() => Deno.env.set("A", "1") ?? Deno.env.get("A").length',
  'Deno.connect': '(port) => Deno.connect({ hostname: "127.0.0.1", port })',
  'Deno.connect to a Unix socket': '() => Deno.connect({ transport: "unix", path: "/var/run/docker.sock" })',
  'Deno.listen': '() => Deno.listen({ port: 0 })',
  'Deno.resolveDns': '() => Deno.resolveDns("example.com", "A")',
  'Deno.dlopen': '() => Deno.dlopen("/lib/x86_64-linux-gnu/libc.so.6", {})',
  'Deno.kill of the host': '() => Deno.kill(Deno.ppid, "SIGURG")',
  'Deno.permissions.request':
    'async () => { const { state } = await Deno.permissions.request({ name: "net" }); if (state !== "granted") throw new Error(state) }',
  'node:fs read': '() => fs.readFileSync("/etc/passwd")',
  'node:fs of a process file': '() => fs.readFileSync("/proc/self/environ")',
  'node:fs write': '(port, file) => fs.writeFileSync(file, "x")',
  'node:fs of descriptor 3': '() => fs.writeSync(3, "garbage")',
  'node:child_process exec': '(port, file) => child_process.execSync("touch " + file)',
  'node:child_process spawn':
    '(port, file) => new Promise((resolve, reject) => child_process.spawn("/usr/bin/touch", [file]).on("error", reject).on("exit", resolve))',
  'node:net connect':
    '(port) => new Promise((resolve, reject) => net.connect(port, "127.0.0.1").on("connect", resolve).on("error", reject))',
  'node:http request':
    '(port) => new Promise((resolve, reject) => http.get({ port, host: "127.0.0.1" }, resolve).on("error", reject))',
  'node:dns lookup': '() => dns.promises.resolve4("example.com")',
  'node:dgram socket':
    '() => dgram.createSocket({ type: "udp4", lookup: (host, options, done) => done(null, "127.0.0.1", 4) }).bind({ address: "127.0.0.1", port: 0 }) && undefined',
  'node:inspector': '() => inspector.open(9229)',
  'node:module require of a file': '() => createRequire("file:///")("/etc/passwd")',
  'node:sqlite of a file': '(port, file) => new sqlite.DatabaseSync(file)',
  'process.kill of the host': '() => process.kill(process.ppid, "SIGURG")',
  'process.dlopen': '() => process.dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6")',
  'process.setuid': '() => process.setuid(0)',
  'import of a file': '() => import("file:///etc/passwd")',
  'import over https': '() => import("https://example.com/a.js")',
  'import from npm': '() => import("npm:left-pad")',
  'import of data that imports a file': `() => import('data:text/javascript,import "file:///etc/passwd"')`,
  'fetch to a host without a rule': '() => fetch("https://example.com/")',
  'fetch to the loopback address': '(port) => fetch("http://127.0.0.1:" + port)',
  'fetch of a file': '() => fetch("file:///etc/passwd")',
  'the fetch of a fresh realm': '(port) => vm.runInNewContext("fetch(url)", { url: "http://127.0.0.1:" + port })',
  WebSocket: '(port) => new WebSocket("ws://127.0.0.1:" + port)',
  EventSource: '(port) => new EventSource("http://127.0.0.1:" + port)',
  Worker: '() => new Worker("data:text/javascript,1", { type: "module" })',
  'a socket in a worker thread':
    '(port) => new Promise((resolve, reject) => new worker_threads.Worker("require(\'node:net\').connect(" + port + ", \'127.0.0.1\').on(\'connect\', () => postMessage(1))", { eval: true }).on("message", resolve).on("error", reject))',
  localStorage: '() => localStorage.setItem("a", "1")',
  caches: '() => caches.open("a")',
} as const

const IMPORTS = `
import * as fs from "node:fs"; import * as child_process from "node:child_process"; import * as net from "node:net"
import * as http from "node:http"; import * as dns from "node:dns"; import * as dgram from "node:dgram"
import * as inspector from "node:inspector"; import * as sqlite from "node:sqlite"; import * as vm from "node:vm"
import * as worker_threads from "node:worker_threads"; import { createRequire } from "node:module"`

const hostile = bundleOf(ATTACKS, IMPORTS)
const port = (): number => {
  const address = listener.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('from inside of a server function', () => {
  test.each(Object.keys(ATTACKS))('%s is refused', async (name) => {
    const { error, value } = await callFunction(runtime, hostile, name, { args: [port(), file] })
    expect({ value, code: error?.code }).toEqual({
      value: undefined,
      code: name.startsWith('fetch ') ? 'EGRESS_DENIED' : 'FUNCTION_FAILED',
    })
  })

  test('the environment is empty, and what surrounds the process is not there', async () => {
    const source = bundleOf({
      main: '() => [{ ...process.env }, Deno.env.toObject(), process.env.PATH, process.cwd(), process.argv.slice(1), Deno.mainModule]',
    })
    const { value } = await callFunction(runtime, source, 'main', { installationId: 'environment' })
    expect(value).toEqual([{}, {}, undefined, '/', ['/$deno$stdin.js'], 'file:///$deno$stdin.js'])
  })

  test('a second copy of the guest, once it is imported, is the same and gives nothing', async () => {
    const source = bundleOf({ main: 'async () => Object.keys(await import(Deno.mainModule))' })
    expect((await callFunction(runtime, source, 'main', { installationId: 'self' })).value).toEqual([])
  })

  test('global state of another installation is not there', async () => {
    const source = bundleOf({
      main: `async (name) => {
        const channel = typeof BroadcastChannel
        const before = globalThis.left
        globalThis.left = name
        return [before, channel]
      }`,
    })
    const call = (name: string) => callFunction(runtime, source, 'main', { installationId: name, args: [name] })
    expect((await call('left-a')).value).toEqual([undefined, 'undefined'])
    expect((await call('left-b')).value).toEqual([undefined, 'undefined'])
  })
})

test('the command line of a process has no permission in it', async () => {
  // Only Linux shows it without another program.
  if (process.platform !== 'linux') return
  const source = bundleOf({ main: '() => process.pid' })
  const { value: pid } = await callFunction(runtime, source, 'main', { installationId: 'command' })
  const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').split('\0')
  expect(command.filter((part) => part.includes('allow') || part === '-A')).toEqual([])
  expect(
    readFileSync(`/proc/${String(pid)}/environ`, 'utf8')
      .split('\0')
      .map((pair) => pair.split('=')[0]),
  ).toEqual(['DENO_DIR', 'DENO_NO_UPDATE_CHECK', 'NO_COLOR', ''])
})
