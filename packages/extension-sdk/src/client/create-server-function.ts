import { ConnectionExpiredError, ConnectionNotFoundError, toServerError } from '../errors/server-errors'
import type { CallOptions } from '../protocol/endpoints'
import { fileIdsIn } from '../protocol/file-handle'
import { decodeValue, encodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { STREAMED_RESULTS } from '../protocol/version'
import { SdkError } from '../sdk-error'
import { getClientRuntime } from './client-runtime'
import { asIterable, readParts } from './read-parts'

type ServerFunction = (...args: readonly unknown[]) => ReturnType<typeof asIterable>

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
  const takesParts = runtime.session.has(STREAMED_RESULTS)
  const run = () =>
    runtime
      // A repeated call is one of its own: the first has failed.
      .request(
        'run-server-function',
        {
          moduleHash,
          args: encoded.text,
          idempotencyKey: crypto.randomUUID(),
          ...(takesParts ? { takesParts } : {}),
        },
        patient,
      )
      .catch((error: unknown) => {
        throw toServerError(error)
      })
  const answer = await run().catch(async (error: unknown) => {
    if (await isConnectedNow(error, options)) return run()
    throw error
  })
  if (typeof answer !== 'string') return stream(moduleHash, answer.streamId, options)
  const decoded = decodeValue(answer)
  if (isRefusal(decoded))
    throw new SdkError('INVALID_MESSAGE', `The result of ${moduleHash} was refused. ${decoded.refused}`)
  return decoded.value
}

const stream = (moduleHash: string, streamId: string, options: CallOptions | undefined) => {
  const { request } = getClientRuntime(moduleHash)
  return readParts(
    {
      read: () =>
        request('read-stream', { streamId }, options).catch((error: unknown) => {
          throw toServerError(error)
        }),
      // What is over already has no answer to this.
      end: () => void request('end-stream', { streamId }).catch(() => {}),
    },
    moduleHash,
  )
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
 * @returns A function that takes and returns structured values (Date, Map, Set, BigInt and typed arrays too). What it returns can be awaited,
 * and looped over with `for await` when the function streams its result.
 * @throws {SdkError} What the server function threw, as its class (`InvalidInputError`, ...), with its fields; `VALUE_NOT_SENDABLE`; `TIMEOUT`.
 */
export const createServerFunction = (moduleHash: string): ServerFunction => {
  const serverFunction: ServerFunction = (...args) => asIterable(call(moduleHash, args), moduleHash)
  Object.defineProperty(serverFunction, MODULE, { value: moduleHash })
  return serverFunction
}

/**
 * A server function with a deadline of its own, or one that can be given up:
 * `withOptions(findOrders, { signal, timeoutMs: 5_000 })(customerId)`.
 *
 * Giving up ends the promise, or the loop over a streamed result, in `ABORTED` and the request to the server with it. Of a streamed result
 * `timeoutMs` is the wait for what comes next.
 *
 * @throws {SdkError} `INVALID_INPUT` when `fn` is not imported from a `*.server.ts` module.
 */
export const withOptions = <A extends readonly unknown[], R extends Promise<unknown> | AsyncIterable<unknown>>(
  fn: (...args: A) => R,
  options: CallOptions,
): ((...args: A) => R) => {
  const moduleHash = serverFunctionId(fn)
  if (moduleHash === undefined)
    throw new SdkError(
      'INVALID_INPUT',
      'withOptions was given a function that is not a server function. Pass one that is imported from a *.server.ts module.',
    )
  // The build put a server function where the types have the function of the module, so it answers what that returns.
  return (...args) => asIterable(call(moduleHash, args, options), moduleHash) as unknown as R
}
