import {
  type AppCallLog,
  type CallFile,
  configsOf,
  decodeValue,
  FILE_LIMITS,
  type FollowedCallsResponse,
  type FunctionCall,
  type FunctionCallLog,
  type FunctionCallResponse,
  fileIdsIn,
  findPollProblem,
  isRefusal,
  type Page,
} from '@souk/extension-sdk/protocol'
import { sha256 } from '../crypto/hash'
import { type Actor, authorize } from '../policy'
import type { PartSink } from '../runtime/function-runtime'
import { invalidInput, SoukError } from '../souk-error'
import type { DeploymentRecord, FunctionCallFilter, FunctionCallRecord, PageRequest } from '../storage'
import { coversManifest } from './check-consent'
import { createPartStream } from './create-part-stream'
import { authorizeApp } from './developer-access'
import { createHeldBytes } from './held-bytes'
import { createIdempotentCalls } from './idempotency'
import { requireActive, requireDeployment, requireInstallation, requireRunnable } from './installation-access'
import { type RunStoppable, takeCallTokens } from './run-stoppable'
import type { RunningCalls } from './running-calls'
import { requireUser, type ServiceContext } from './service-context'

/** Bytes of UTF-8. */
export const MAX_ARGUMENT_BYTES = 1024 * 1024
/** How long a call that was recorded may stay unseen by a follower, because another transaction was slower. */
const SETTLE_MS = 5_000

/** Reads the files that came with a call; `hold` is told of their bytes as they come. */
export type ReadFiles = (hold: (bytes: number) => void) => Promise<readonly CallFile[]>

export interface CallOptions {
  readonly traceId: string
  readonly signal?: AbortSignal
  readonly readFiles?: ReadFiles
  readonly onPart?: PartSink
}

/** What a call came to: a result that was streamed is with `onPart`. */
type CallAnswer = FunctionCallResponse & { readonly isStreamed?: true }

/** Finds what is to be called, in a deployment that may run, or says why not. */
export type FindFunction = (deployment: DeploymentRecord) => { readonly functionId: string; readonly bundleId: string }

/** Calls of server functions: from the browser, and of tools. */
export const createFunctionService = (context: ServiceContext, running: RunningCalls, runStoppable: RunStoppable) => {
  const { storage } = context
  const heldBytes = createHeldBytes()
  const idempotent = createIdempotentCalls<CallAnswer>({ sizeBytes: ({ result }) => result.length * 2 })

  /** Everything that is asked before any app code is loaded, in the order in which it may be said. */
  const check = async (actor: Actor, installationId: string, { args }: FunctionCall, find: FindFunction) => {
    const user = requireUser(actor)
    const { organizationId } = user
    authorize(actor, 'function.call', { type: 'organization', organizationId })
    const installation = await requireActive(context, organizationId, installationId)
    const deployment = await requireDeployment(context, installation)
    requireRunnable(deployment, organizationId)
    const { functionId, bundleId } = find(deployment)
    if (!coversManifest(deployment.manifest, installation))
      throw new SoukError(
        'CONSENT_REQUIRED',
        'The app asks for more than it was granted. An administrator can grant it by installing the version again.',
      )
    checkArguments(args)
    return { user, installation, deployment, bundleId, functionId }
  }

  const run = async (
    checked: Awaited<ReturnType<typeof check>>,
    { args }: FunctionCall,
    stopped: AbortSignal,
    { traceId, signal, readFiles, onPart }: CallOptions,
  ): Promise<CallAnswer> => {
    const { user, installation } = checked
    takeCallTokens(context, user.userId, installation)
    const hold = heldBytes.begin(user.organizationId)
    try {
      const files = readFiles && (await receiveFiles(readFiles, hold.add, args))
      const call = { ...checked, args, ...(files ? { files } : {}), traceId, signal, onPart }
      const { result, durationMs, isStreamed } = await runStoppable(call, stopped)
      if (isStreamed) return { result, traceId, durationMs, isStreamed }
      refusePoll(checked, result, traceId)
      return { result, traceId, durationMs }
    } finally {
      hold.release()
    }
  }

  /** Whatever is called, and whoever offers it, it goes this way. */
  const callFound = async (
    actor: Actor,
    installationId: string,
    input: FunctionCall,
    find: FindFunction,
    options: CallOptions,
  ): Promise<CallAnswer> => {
    // Before the row is read: an uninstall that comes after the reading finds the call here and stops it.
    const call = running.begin(installationId)
    try {
      const checked = await check(actor, installationId, input, find)
      const key = [installationId, checked.deployment.id, checked.user.userId, input.idempotencyKey].join('\n')
      const fingerprint = sha256(`${input.moduleHash}\n${input.args}`)
      let isFirst = false
      const answer = await idempotent.run(key, fingerprint, () => {
        isFirst = true
        return run(checked, input, call.signal, options)
      })
      if (answer.isStreamed && !isFirst)
        throw new SoukError(
          'CONFLICT',
          'The result of this call was streamed and is not kept. Call again with a new key.',
        )
      return answer
    } finally {
      call.end()
    }
  }

  return {
    call: (
      actor: Actor,
      installationId: string,
      input: FunctionCall,
      options: CallOptions,
    ): Promise<FunctionCallResponse> =>
      callFound(actor, installationId, input, (deployment) => requireFunction(deployment, input.moduleHash), options),

    callFound,

    /** As `call`, for who takes the parts of a streamed result one by one. They end with the error of the function, if it has one. */
    async stream(
      actor: Actor,
      installationId: string,
      input: FunctionCall,
      options: CallOptions,
    ): Promise<FunctionCallResponse | ReadableStream<string>> {
      const stream = createPartStream()
      const { signal, ...rest } = options
      const work = callFound(
        actor,
        installationId,
        input,
        (deployment) => requireFunction(deployment, input.moduleHash),
        {
          ...rest,
          signal: signal ? AbortSignal.any([signal, stream.cancelled]) : stream.cancelled,
          onPart: stream.write,
        },
      )
      const answer = await Promise.race([work, stream.started])
      if (answer && !answer.isStreamed) return answer
      context.extendLifetime(work.then(stream.end, stream.fail))
      return stream.parts
    },

    async logs(
      actor: Actor,
      installationId: string,
      page: PageRequest & FunctionCallFilter,
    ): Promise<Page<FunctionCallLog>> {
      const { organizationId } = requireUser(actor)
      authorize(actor, 'function-logs.read', { type: 'organization', organizationId })
      await requireInstallation(context, organizationId, installationId)
      const { items, nextCursor } = await storage.functionCalls.list(organizationId, installationId, page)
      return { items: items.map(toLog), nextCursor }
    },

    /** What the app did in every organization, for its developer: without users. */
    async follow(actor: Actor, slug: string, page: PageRequest & FunctionCallFilter): Promise<FollowedCallsResponse> {
      const app = await authorizeApp(context, actor, 'app-logs.read', slug)
      const settled = new Date(context.now().getTime() - SETTLE_MS)
      const { items, cursor } = await storage.functionCalls.follow(app.id, page, settled)
      return { items: items.map(toAppLog), cursor }
    },
  }
}

const toCommon = (call: FunctionCallRecord) => ({
  id: call.id,
  functionId: call.functionId,
  deploymentId: call.deploymentId,
  outcome: call.outcome,
  errorCode: call.errorCode,
  durationMs: call.durationMs,
  logs: call.logs,
  createdAt: call.createdAt.toISOString(),
  traceId: call.traceId,
  argumentBytes: call.argumentBytes,
  resultBytes: call.resultBytes,
})

const toLog = (call: FunctionCallRecord): FunctionCallLog => ({ ...toCommon(call), userId: call.userId })

const toAppLog = (call: FunctionCallRecord): AppCallLog => ({
  ...toCommon(call),
  organizationId: call.organizationId,
  installationId: call.installationId,
})

const requireFunction = ({ manifest, serverBundleId }: DeploymentRecord, id: string): ReturnType<FindFunction> => {
  const entry = manifest.functions.find((candidate) => candidate.id === id)
  if (entry?.callable && serverBundleId !== null) return { functionId: id, bundleId: serverBundleId }
  throw new SoukError(
    'FUNCTION_NOT_FOUND',
    'The installed version has no such function, or it cannot be called from the browser. Import it from client code and build again.',
  )
}

/** The product saves what a poll gives: it has to be what the next one needs. */
const refusePoll = (
  { deployment, functionId }: { readonly deployment: DeploymentRecord; readonly functionId: string },
  result: string,
  traceId: string,
): void => {
  if (!configsOf(deployment.manifest, functionId).some(({ polling }) => polling)) return
  const decoded = decodeValue(result)
  const problem = isRefusal(decoded) ? decoded.refused : findPollProblem(decoded.value)
  if (problem) throw new SoukError('FUNCTION_FAILED', problem, { traceId })
}

const checkArguments = (args: string): void => {
  if (Buffer.byteLength(args) > MAX_ARGUMENT_BYTES)
    throw new SoukError(
      'PAYLOAD_TOO_LARGE',
      `The arguments are larger than ${MAX_ARGUMENT_BYTES} bytes. Send less, or send an id of what the server can fetch.`,
    )
  const decoded = decodeValue(args)
  if (isRefusal(decoded)) throw invalidInput(`The arguments were refused. ${decoded.refused}`)
  if (!Array.isArray(decoded.value))
    throw invalidInput('The arguments must be an encoded array. Use createServerFunction.')
}

/** @throws {SoukError} when a file is not one that the arguments name, or there is too much of them. */
const receiveFiles = async (
  readFiles: ReadFiles,
  hold: (bytes: number) => void,
  args: string,
): Promise<readonly CallFile[]> => {
  let received = 0
  const files = await readFiles((bytes) => {
    received += bytes
    if (received > FILE_LIMITS.callBytes)
      throw new SoukError(
        'PAYLOAD_TOO_LARGE',
        `The files of a call have at most ${FILE_LIMITS.callBytes} bytes together. Send fewer at a time.`,
      )
    hold(bytes)
  })
  const named = fileIdsIn(args)
  if (new Set(files.map(({ id }) => id)).size < files.length || files.some(({ id }) => !named.includes(id)))
    throw invalidInput('Every file has to be named once, by a handle in the arguments.')
  if (files.some(({ bytes }) => bytes.byteLength > FILE_LIMITS.fileBytes))
    throw new SoukError('PAYLOAD_TOO_LARGE', `A file has at most ${FILE_LIMITS.fileBytes} bytes. Send a smaller one.`)
  return files
}
