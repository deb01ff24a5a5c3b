import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartupError } from './startup-error'

export interface Listening {
  readonly port: number
  /** Takes no new requests and ends the open ones. */
  close(): Promise<void>
}

/**
 * Listens on the loopback address.
 *
 * @param variable The environment variable that sets the port, for the sentence when it is taken.
 * @throws {StartupError} When the port is busy or may not be used.
 */
export const listen = async (listener: RequestListener, port: number, variable: string): Promise<Listening> => {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port, variable)))
    server.listen(port, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an AddressInfo; only pipes have a string.
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) }
}

const describeListenError = (error: NodeJS.ErrnoException, port: number, variable: string): Error => {
  if (error.code === 'EADDRINUSE')
    return new StartupError(
      `Port ${port} is in use by another program. Stop it, or choose another port: ${variable}=${port + 10} npm start`,
    )
  if (error.code === 'EACCES')
    return new StartupError(`Port ${port} may not be used by this user. Choose one above 1023 with ${variable}.`)
  return error
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
