import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What an outside service may do for a program, by the program's id. */
export interface ServiceScene {
  readonly collectorUrl: string
  readonly collectorPort: number
  readonly secretFile: string
  /** For a runtime that resolves names by asking here. */
  readonly hosts: Readonly<Record<string, string>>
  /** Changes the address of rebind.example from a public to a private one. */
  readonly rebind: () => void
  /** Has the neighbour called with the secret. */
  readonly callNeighbour: () => Promise<void>
  readonly received: ServiceRequest[]
}

export interface ServiceRequest {
  readonly path: string
  readonly host: string
  readonly headers: string
  /** As `performance.now()` has it. */
  readonly at: number
  bytes: number
}

const ENDLESS_CHUNK = Buffer.alloc(256 * 1024)

/** The outside service of the suite: friendly to some programs, hostile to the broker in the name of others. */
export const createService = async () => {
  const scenes = new Map<string, ServiceScene>()
  let bomb: Buffer | undefined

  const redirects = (scene: ServiceScene, id: string): Readonly<Record<string, string>> => ({
    'redirect-address': scene.collectorUrl,
    'redirect-private': `http://private.example:${scene.collectorPort}/`,
    'redirect-denied': 'http://denied.example/',
    'redirect-file': `file://${scene.secretFile}`,
    'redirect-other': `http://other.example/${id}/elsewhere`,
    'redirect-loop': `http://service.example/${id}/redirect-loop`,
  })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, id = '', path = ''] = request.url?.split('/') ?? []
    const scene = scenes.get(id)
    if (!scene) return void response.writeHead(404).end()
    if (path === 'hosts') return void response.end(JSON.stringify(scene.hosts))
    const standIn = request.headers['x-stand-in']
    const entry: ServiceRequest = {
      ...{
        path,
        host: typeof standIn === 'string' ? standIn : (request.headers.host ?? ''),
        headers: JSON.stringify(request.headers),
      },
      ...{ at: performance.now(), bytes: 0 },
    }
    scene.received.push(entry)
    for await (const chunk of request) entry.bytes += (chunk as Buffer).byteLength
    const location = redirects(scene, id)[path]
    if (location !== undefined) return void response.writeHead(302, { location }).end()
    switch (path) {
      case 'never':
        return
      case 'endless': {
        const write = () => {
          while (!response.destroyed && response.write(ENDLESS_CHUNK));
        }
        response.on('drain', write)
        return write()
      }
      case 'bomb':
        bomb ??= gzipSync(Buffer.alloc(40 * 1024 * 1024))
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      case 'rebind':
        scene.rebind()
        break
      case 'neighbour':
        await scene.callNeighbour()
        break
    }
    response.end('ok')
  }

  const server = createServer((request, response) => {
    response.on('error', () => {})
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    scenes,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Service = Awaited<ReturnType<typeof createService>>
