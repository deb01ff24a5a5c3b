import { ConnectionExpiredError, ConnectionNotFoundError, toServerError } from '../errors/server-errors'
import type { CallOptions } from '../protocol/endpoints'
import { fileIdsIn } from '../protocol/file-handle'
import { decodeValue, encodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { getClientRuntime } from './client-runtime'

type ServerFunction = (...args: readonly unknown[]) => Promise<unknown>

// Registered, so that every copy of the SDK knows the server functions of every other.
const MODULE = Symbol.for('souk.server-function')

/** `path#export` of what the build put in the place of a server function; nothing for any other function. */
export const serverFunctionId = (fn: unknown): string | undefined => {
  const id: unknown = typeof fn === 'function' ? Reflect.get(fn, MODULE) : undefined
  return typeof id === 'string' ? id : undefined
}

/** How long a call may take that brings files, in ms: they may have to go through a slow line. */
const UPLOAD_MS = 300_000

const call = async (moduleHash: string, args: readonly unknown[], options?: CallOptions): Promise<unknown> => {
  const runtime = getClientRuntime(moduleHash)
  const encoded = encodeValue(args, `The arguments of ${moduleHash}`)
  if (isRefusal(encoded))
    throw new SdkError(
      'VALUE_NOT_SENDABLE',
      `A server function cannot be called with these arguments. ${encoded.refused}`,
    )
  const patient = fileIdsIn(encoded.text).length > 0 ? { timeoutMs: UPLOAD_MS, ...options } : options
  const run = () =>
    runtime
      // A repeated call is one of its own: the first has failed.
      .request('run-server-function', { moduleHash, args: encoded.text, idempotencyKey: crypto.randomUUID() }, patient)
      .catch((error: unknown) => {
        throw toServerError(error)
      })
  const answer = await run().catch(async (error: unknown) => {
    if (await isConnectedNow(error, options)) return run()
    throw error
  })
  const decoded = decodeValue(answer)
  if (isRefusal(decoded))
    throw new SdkError('INVALID_MESSAGE', `The result of ${moduleHash} was refused. ${decoded.refused}`)
  return decoded.value
}

/** Has the product offer to connect what a call lacked. A product that cannot is one in which it is not connected. */
const isConnectedNow = async (error: unknown, options: CallOptions | undefined): Promise<boolean> => {
  if (!(error instanceof ConnectionExpiredError || error instanceof ConnectionNotFoundError)) return false
  const { connection, connectionId } = error.details ?? {}
  if (typeof connection !== 'string') return false
  const about = { connection, ...(typeof connectionId === 'string' ? { connectionId } : {}) }
  // The person takes the time that they take; only giving up ends it.
  const signal = options?.signal
  return getClientRuntime('connect-account')
    .request('connect-account', about, { signal })
    .catch(() => false)
}

/**
 * What stands in the client bundle for a function of a `*.server.ts` module. The build writes the calls.
 *
 * @param moduleHash `path#export`, as in the manifest.
 * @returns A function that takes and returns structured values (Date, Map, Set, BigInt and typed arrays too).
 * @throws {SdkError} What the server function threw, as its class (`InvalidInputError`, ...), with its fields; `VALUE_NOT_SENDABLE`; `TIMEOUT`.
 */
export const createServerFunction = (moduleHash: string): ServerFunction => {
  const serverFunction: ServerFunction = (...args) => call(moduleHash, args)
  Object.defineProperty(serverFunction, MODULE, { value: moduleHash })
  return serverFunction
}

/**
 * A server function with a deadline of its own, or one that can be given up:
 * `withOptions(findOrders, { signal, timeoutMs: 5_000 })(customerId)`.
 *
 * Giving up ends the promise in `ABORTED` and the request to the server with it.
 *
 * @throws {SdkError} `INVALID_INPUT` when `fn` is not imported from a `*.server.ts` module.
 */
export const withOptions = <A extends readonly unknown[], R>(
  fn: (...args: A) => Promise<R>,
  options: CallOptions,
): ((...args: A) => Promise<R>) => {
  const moduleHash = serverFunctionId(fn)
  if (moduleHash === undefined)
    throw new SdkError(
      'INVALID_INPUT',
      'withOptions was given a function that is not a server function. Pass one that is imported from a *.server.ts module.',
    )
  // The build put a server function where the types have the function of the module, so it answers what that returns.
  return (...args) => call(moduleHash, args, options) as Promise<R>
}
