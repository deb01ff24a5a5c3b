import { decodeValue, encodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { getClientRuntime } from './client-runtime'

/**
 * What stands in the client bundle for a function of a `*.server.ts` module. The build writes the calls.
 *
 * @param moduleHash `path#export`, as in the manifest.
 * @returns A function that takes and returns structured values (Date, Map, Set, BigInt and typed arrays too).
 * @throws {SdkError} What the server function threw, with its code, fields and retry time; `VALUE_NOT_SENDABLE`; `TIMEOUT`.
 */
export const createServerFunction =
  (moduleHash: string) =>
  async (...args: readonly unknown[]): Promise<unknown> => {
    const runtime = getClientRuntime(moduleHash)
    const encoded = encodeValue(args, `The arguments of ${moduleHash}`)
    if (isRefusal(encoded))
      throw new SdkError(
        'VALUE_NOT_SENDABLE',
        `A server function cannot be called with these arguments. ${encoded.refused}`,
      )
    const result = await runtime.request('run-server-function', {
      moduleHash,
      args: encoded.text,
      idempotencyKey: crypto.randomUUID(),
    })
    const decoded = decodeValue(result)
    if (isRefusal(decoded))
      throw new SdkError('INVALID_MESSAGE', `The result of ${moduleHash} was refused. ${decoded.refused}`)
    return decoded.value
  }
