import {
  type ApiOperation,
  type CallFile,
  FILE_LIMITS,
  isFileId,
  isRecord,
  isString,
  type PathParams,
  toFileName,
  toMediaType,
} from '@souk/extension-sdk/protocol'
import type { Lifetime } from '../create-lifetime'
import { createId } from '../crypto/create-id'
import { invalidInput, SoukError } from '../souk-error'
import type { OPERATIONS, OperationName } from './operations'
import { toSoukError } from './problem'
import { type Caller, toActor } from './read-actor'
import { requireStorable } from './read-body'
import type { Route, Upload } from './route'

type ParamsOf<Path extends string> = keyof PathParams<Path> extends never
  ? { readonly params?: never }
  : { readonly params: PathParams<Path> }

type BodyOf<Body> = [Body] extends [undefined] ? { readonly body?: never } : { readonly body: Body }

/** What one operation takes: the parameters of its path, its query, its body. */
export type ApiInput<Operation> =
  Operation extends ApiOperation<infer Path, infer _Answer, infer Body, infer Query>
    ? ParamsOf<Path> & BodyOf<Body> & { readonly query?: Query; readonly signal?: AbortSignal }
    : never

type AnswerOf<Operation> = Operation extends ApiOperation<string, infer Answer> ? Answer : never

/**
 * The operations of the HTTP API without HTTP, for the product's own code: the same checks, limits, policy and answers.
 *
 * @throws {SoukError} with the codes of `docs/errors.md`.
 */
export type SoukApi = {
  readonly [Name in OperationName]: (
    /** On whose behalf: what `authenticate` would have answered. */
    caller: Caller,
    input: ApiInput<(typeof OPERATIONS)[Name]>,
  ) => Promise<AnswerOf<(typeof OPERATIONS)[Name]>>
}

/** What any of them gets, before it is checked as if it had come over the wire. */
interface Loose {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export const createTypedApi = (
  routes: ReadonlyMap<OperationName, Route>,
  onError: (error: unknown, about: { readonly traceId?: string }) => void,
  lifetime: Pick<Lifetime, 'run'>,
): SoukApi => {
  const call =
    (route: Route) =>
    async (caller: Caller, { params = {}, query = {}, body, signal }: Loose): Promise<unknown> => {
      const traceId = createId()
      try {
        const { run } = await route.prepare({
          actor: toActor(caller),
          params,
          query,
          traceId,
          signal,
          readBody: async () => requireStorable(body),
          readBytes: async () => requireBytes(body),
          readUpload: async () => toUpload(body),
        })
        return (await run()).value
      } catch (error) {
        const known = toSoukError(error)
        if (known.code === 'INTERNAL') onError(known.cause ?? known, { traceId })
        throw known
      }
    }
  const guarded =
    (work: ReturnType<typeof call>): ReturnType<typeof call> =>
    (caller, input) =>
      lifetime.run(() => work(caller, input))
  // One function for each name; what it takes and answers is what the operation of that name says.
  return Object.fromEntries([...routes].map(([name, route]) => [name, guarded(call(route))])) as unknown as SoukApi
}

const requireBytes = (body: unknown): Uint8Array => {
  if (body instanceof Uint8Array) return body
  throw new SoukError('INVALID_INPUT', 'The body has to be a Uint8Array. Pass the bytes of the built file.')
}

/** What arrives in parts over HTTP, from the product's own code. */
const toUpload = (body: unknown): Upload => {
  const { call, files } = isRecord(body) ? body : {}
  return {
    call: requireStorable(call),
    async files(hold) {
      if (!Array.isArray(files)) throw invalidInput('The files have to be an array.')
      if (files.length > FILE_LIMITS.filesPerCall)
        throw new SoukError('PAYLOAD_TOO_LARGE', `A call brings at most ${FILE_LIMITS.filesPerCall} files.`)
      const read = files.map(toCallFile)
      for (const { bytes } of read) hold(bytes.byteLength)
      return read
    },
    discard() {},
  }
}

const toCallFile = (file: unknown): CallFile => {
  const { id, name, type, bytes } = isRecord(file) ? file : {}
  if (!isFileId(id) || !isString(name) || !isString(type) || !(bytes instanceof Uint8Array))
    throw invalidInput('A file has to have the id of its handle, a name, a type and bytes.')
  return { id, name: toFileName(name), type: toMediaType(type), bytes }
}
