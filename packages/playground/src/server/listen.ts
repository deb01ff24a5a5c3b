import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@souk/server-adapter/node'

interface FetchServer {
  fetch(request: Request): Promise<Response>
}

/** Only for this machine: neither the network nor a name that somebody points at it gets in. */
const ADDRESS = '127.0.0.1'

const tryListen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, () => {
      server.off('error', reject)
      // A TCP server that listens has an address with a port.
      resolve((server.address() as AddressInfo).port)
    })
  })

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** @throws when the port is taken, naming the option to pass. */
export const listen = async (
  port: number,
  option: string,
  serve: (port: number) => FetchServer,
): Promise<Listening> => {
  let handler: FetchServer | undefined
  const listener = toNodeListener({
    fetch: async (request) => handler?.fetch(request) ?? new Response('Not ready', { status: 503 }),
  })
  const server = createServer((request, response) => void listener(request, response))
  const actual = await tryListen(server, port).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new Error(
          `Port ${port} is taken. Is souk dev running already? Pass ${option} with another, or 0 for a free one.`,
        )
      : error
  })
  handler = serve(actual)
  return {
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
