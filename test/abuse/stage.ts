import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What stands around one program, so that what it does is its own and nobody else's. */
export interface Stage {
  readonly port: number
  readonly socketPath: string
  readonly freePort: number
  readonly folder: string
  readonly secretFile: string
  readonly bystanderPid: number
  /** Connections and packets that arrived. */
  readonly arrivals: () => number
  /** All that was sent to the listeners. */
  readonly collected: () => string
  readonly isFolderChanged: () => boolean
  readonly isBystanderAlive: () => boolean
  /** Whether anybody listens on the free port. */
  readonly isListening: () => Promise<boolean>
  readonly close: () => Promise<void>
}

const listen = (server: Server, where: { port: number; host: string } | { path: string }): Promise<void> =>
  new Promise((resolve, reject) => server.on('error', reject).listen(where, resolve))

const snapshot = (folder: string): string =>
  JSON.stringify(
    readdirSync(folder)
      .sort()
      .map((name) => {
        const { mode, size } = lstatSync(join(folder, name))
        return [name, mode, size]
      }),
  )

const findFreePort = async (): Promise<number> => {
  const server = createServer()
  await listen(server, { port: 0, host: '127.0.0.1' })
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const createStage = async (secret: string, needsBystander: boolean): Promise<Stage> => {
  const base = mkdtempSync(join(tmpdir(), 'souk-abuse-'))
  const folder = join(base, 'folder')
  mkdirSync(folder)
  const secretFile = join(folder, 'file.txt')
  writeFileSync(secretFile, secret)
  writeFileSync(join(folder, 'module.mjs'), `export default '${secret}'`)
  writeFileSync(join(folder, 'module.cjs'), `module.exports = '${secret}'`)
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ secret }))
  writeFileSync(join(folder, `named-${secret}`), '')
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
  const before = snapshot(folder)

  let arrivals = 0
  let collected = ''
  const sockets = new Set<Socket>()
  const accept = (socket: Socket) => {
    arrivals++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      collected += chunk.toString('latin1')
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok')
    })
  }
  const tcp = createServer(accept)
  await listen(tcp, { port: 0, host: '127.0.0.1' })
  // A server that listens on a port has an AddressInfo.
  const { port } = tcp.address() as AddressInfo
  const socketPath = join(base, 'collector.sock')
  const unix = createServer(accept)
  await listen(unix, { path: socketPath })
  const udp = createSocket('udp4')
  udp.on('message', (message) => {
    arrivals++
    collected += message.toString('latin1')
  })
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  const freePort = await findFreePort()

  const bystander: ChildProcess | undefined = needsBystander ? spawn('sleep', ['600'], { stdio: 'ignore' }) : undefined
  let isBystanderAlive = true
  bystander?.on('exit', () => {
    isBystanderAlive = false
  })

  return {
    ...{ port, socketPath, freePort, folder, secretFile },
    bystanderPid: bystander?.pid ?? 0,
    arrivals: () => arrivals,
    collected: () => collected,
    isFolderChanged: () => snapshot(folder) !== before || readFileSync(secretFile, 'utf8') !== secret,
    isBystanderAlive: () => isBystanderAlive,
    isListening: () =>
      new Promise((resolve) => {
        const socket = connect(freePort, '127.0.0.1')
        const end = (isOpen: boolean) => () => {
          socket.destroy()
          resolve(isOpen)
        }
        socket.on('connect', end(true))
        socket.on('error', end(false))
      }),
    async close() {
      bystander?.kill('SIGKILL')
      for (const socket of sockets) socket.destroy()
      tcp.close()
      unix.close()
      udp.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}
