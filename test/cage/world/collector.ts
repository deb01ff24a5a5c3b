import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Collector {
  readonly port: number
  /** What reached it since it was asked last, by HTTP, as a bare connection, or as a UDP packet. */
  take(): readonly string[]
  close(): Promise<void>
}

/**
 * Listens on a loopback port that nobody but one attack knows, on TCP and UDP, and answers every request so that the
 * attacker's browser would be content: any origin, any method, whatever type was asked for.
 */
export const createCollector = async (): Promise<Collector> => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.resume()
    const type = /\.js/.test(request.url ?? '') ? 'text/javascript' : 'text/html'
    response.writeHead(200, {
      'content-type': type,
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': '*, content-type',
      'access-control-allow-private-network': 'true',
      'cross-origin-resource-policy': 'cross-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(type === 'text/html' ? '<!doctype html><title>collector</title>' : 'void 0')
  })
  server.on('connection', () => seen.push('a TCP connection'))
  server.on('upgrade', (request, socket) => {
    seen.push(`UPGRADE ${request.url}`)
    socket.destroy()
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const udp = createSocket('udp4')
  udp.on('message', () => seen.push('a UDP packet'))
  // The same number may be taken on UDP; then the attack's packets have nowhere to go, and only TCP counts.
  const isBound = await new Promise<boolean>((resolve) => {
    udp.once('error', () => resolve(false))
    udp.bind(port, '127.0.0.1', () => resolve(true))
  })
  return {
    port,
    take: () => [...new Set(seen.splice(0))],
    async close() {
      if (isBound) await new Promise<void>((resolve) => udp.close(() => resolve()))
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
