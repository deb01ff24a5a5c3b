import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FunctionRuntime } from '../function-runtime'
import { createProcessRuntime, type ProcessRuntimeOptions } from '../process-runtime'
import { createFunctionWorker, type FunctionWorkerOptions } from './create-function-worker'
import { createRemoteRuntime, type RemoteRuntimeOptions } from './create-remote-runtime'

/** For tests: as long as a real one. */
export const TEST_KEYS = { current: 'a key of the tests, which is no secret at all' }

export interface Listening {
  readonly origin: string
  close(): Promise<void>
}

export const listenLocally = async (listener: RequestListener): Promise<Listening> => {
  const server = createServer({ requestTimeout: 0 }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo; only pipes have a string.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A worker on a port of this machine. */
export const startWorker = async (
  runtime: FunctionRuntime,
  options: Partial<FunctionWorkerOptions> = {},
): Promise<Listening> => {
  const worker = createFunctionWorker({ runtime, keys: TEST_KEYS, ...options })
  const listening = await listenLocally(worker.listener)
  return {
    origin: listening.origin,
    async close() {
      await listening.close()
      await worker.close()
    },
  }
}

/** A remote runtime with a worker of its own, which runs processes on this machine. */
export const createRemotePair = async (
  options: ProcessRuntimeOptions = {},
  remote: Partial<RemoteRuntimeOptions> = {},
): Promise<FunctionRuntime> => {
  const worker = await startWorker(createProcessRuntime(options))
  const runtime = createRemoteRuntime({ workers: [worker.origin], keys: TEST_KEYS, ...remote })
  return {
    ...runtime,
    async dispose() {
      await runtime.dispose()
      await worker.close()
    },
  }
}
