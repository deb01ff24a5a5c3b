import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SoukError } from '../../souk-error'
import type { FunctionRuntime } from '../function-runtime'
import { createHardenedRuntime } from '../hardened/hardened-runtime'
import { createProcessRuntime } from '../process-runtime'
import { createFunctionWorker, type FunctionWorker, type FunctionWorkerOptions } from './create-function-worker'

export interface FunctionServer {
  readonly port: number
  /** Refuses new calls, waits for those that run, and ends. */
  close(): Promise<void>
}

export type FunctionServerEnvironment = Readonly<Record<string, string | undefined>>

/** Longer than the product keeps an idle connection. */
const KEEP_ALIVE_MS = 60_000

const wrong = (message: string): SoukError => new SoukError('NOT_CONFIGURED', message)

const readPort = (text = '8080'): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw wrong(`PORT is ${JSON.stringify(text)}. Set it to a number, such as 8080.`)
}

const createRuntime = (kind = 'hardened'): FunctionRuntime => {
  if (kind === 'hardened') return createHardenedRuntime()
  if (kind === 'process') return createProcessRuntime()
  throw wrong(`SOUK_FUNCTIONS_RUNTIME is ${JSON.stringify(kind)}. Set it to hardened or process.`)
}

const createServer = ({ SOUK_FUNCTIONS_TLS_CERT: cert, SOUK_FUNCTIONS_TLS_KEY: key }: FunctionServerEnvironment) => {
  // A call sends its answers for as long as it runs, and has its own deadline.
  const options = { requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }
  if (cert === undefined && key === undefined) return createHttpServer(options)
  if (cert === undefined || key === undefined)
    throw wrong(
      'Of SOUK_FUNCTIONS_TLS_CERT and SOUK_FUNCTIONS_TLS_KEY one is missing. Set both to the path of a PEM file.',
    )
  return createHttpsServer({ ...options, cert: readFileSync(cert), key: readFileSync(key) })
}

/** The worker, or nothing left of its runtime. */
const createWorker = async (options: FunctionWorkerOptions): Promise<FunctionWorker> => {
  try {
    return createFunctionWorker(options)
  } catch (error) {
    await options.runtime.dispose()
    throw error
  }
}

/**
 * Starts a worker of server functions as its environment says: what `souk-functions` is.
 *
 * @throws {SoukError} `NOT_CONFIGURED` for a variable that is missing or wrong; `RUNTIME_UNAVAILABLE` where the machine cannot run functions.
 */
export const startFunctionServer = async (environment: FunctionServerEnvironment): Promise<FunctionServer> => {
  const { SOUK_FUNCTIONS_KEY: current, SOUK_FUNCTIONS_KEY_PREVIOUS: previous } = environment
  if (current === undefined)
    throw wrong(
      'SOUK_FUNCTIONS_KEY is missing. Make one with: openssl rand -base64 32, and give it to the product too.',
    )
  const port = readPort(environment.PORT)
  const server = createServer(environment)
  const audience = environment.SOUK_FUNCTIONS_AUDIENCE
  const keys = { current, ...(previous === undefined ? {} : { previous }) }
  const runtime = createRuntime(environment.SOUK_FUNCTIONS_RUNTIME)
  const worker = await createWorker({ runtime, keys, ...(audience === undefined ? {} : { audience }) })
  server.on('request', worker.listener)
  try {
    server.listen(port, environment.HOST ?? '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    await worker.close()
    throw error
  }
  return {
    // A server that listens on a port has an AddressInfo; only pipes have a string.
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close()
      await worker.close()
      server.closeAllConnections()
    },
  }
}
