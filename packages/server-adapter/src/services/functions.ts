import {
  type AppCallLog,
  type CallFile,
  decodeValue,
  FILE_LIMITS,
  type FollowedCallsResponse,
  type FunctionCall,
  type FunctionCallLog,
  type FunctionCallResponse,
  fileIdsIn,
  isRefusal,
  type Page,
} from '@souk/extension-sdk/protocol'
import { sha256 } from '../crypto/hash'
import { type Actor, authorize } from '../policy'
import { invalidInput, SoukError } from '../souk-error'
import type {
  DeploymentRecord,
  FunctionCallFilter,
  FunctionCallRecord,
  InstallationRecord,
  PageRequest,
} from '../storage'
import { coversManifest } from './check-consent'
import { authorizeApp } from './developer-access'
import { createHeldBytes } from './held-bytes'
import { createIdempotentCalls } from './idempotency'
import {
  notInstalled,
  requireActive,
  requireDeployment,
  requireInstallation,
  requireRunnable,
} from './installation-access'
import type { RolloutService } from './rollouts'
import type { RunFunction } from './run-function'
import type { RunningCalls } from './running-calls'
import { requireUser, type ServiceContext, takeToken } from './service-context'

/** Bytes of UTF-8. */
export const MAX_ARGUMENT_BYTES = 1024 * 1024
/** How long a call that was recorded may stay unseen by a follower, because another transaction was slower. */
const SETTLE_MS = 5_000

/** Reads the files that came with a call; `hold` is told of their bytes as they come. */
export type ReadFiles = (hold: (bytes: number) => void) => Promise<readonly CallFile[]>

interface CallOptions {
  readonly traceId: string
  readonly signal?: AbortSignal
  readonly readFiles?: ReadFiles
}

/** Calls of server functions from the browser. */
export const createFunctionService = (
  context: ServiceContext,
  running: RunningCalls,
  runFunction: RunFunction,
  rollouts: RolloutService,
) => {
  const { storage } = context
  const heldBytes = createHeldBytes()
  const idempotent = createIdempotentCalls<FunctionCallResponse>({ sizeBytes: ({ result }) => result.length * 2 })

  /** Everything that is asked before any app code is loaded, in the order in which it may be said. */
  const check = async (actor: Actor, installationId: string, { moduleHash, args }: FunctionCall) => {
    const user = requireUser(actor)
    const { organizationId } = user
    authorize(actor, 'function.call', { type: 'organization', organizationId })
    const installation = await requireActive(context, organizationId, installationId)
    const deployment = await requireDeployment(context, installation)
    requireRunnable(deployment, organizationId)
    const bundleId = requireFunction(deployment, moduleHash)
    if (!coversManifest(deployment.manifest, installation))
      throw new SoukError(
        'CONSENT_REQUIRED',
        'The app asks for more than it was granted. An administrator can grant it by installing the version again.',
      )
    checkArguments(args)
    return { user, installation, deployment, bundleId }
  }

  const run = async (
    checked: Awaited<ReturnType<typeof check>>,
    { moduleHash, args }: FunctionCall,
    stopped: AbortSignal,
    { traceId, signal, readFiles }: CallOptions,
  ): Promise<FunctionCallResponse> => {
    const { user, installation } = checked
    for (const [limiter, key] of [
      [context.functionCalls, `${user.userId}\n${installation.id}`],
      [context.installationCalls, installation.id],
      [context.appCalls, installation.appId],
    ] as const)
      takeToken(limiter, key, 'calls')
    const hold = heldBytes.begin(user.organizationId)
    try {
      const files = readFiles && (await receiveFiles(readFiles, hold.add, args))
      const { result, durationMs } = await runFunction({
        ...checked,
        functionId: moduleHash,
        args,
        ...(files ? { files } : {}),
        traceId,
        signal: signal ? AbortSignal.any([signal, stopped]) : stopped,
        whyStopped: async () => (stopped.aborted ? whyStopped(installation) : undefined),
      }).catch(async (error: unknown) => {
        if (error instanceof SoukError) await rollouts.afterFailure(checked.deployment, installation, error.code)
        throw error
      })
      return { result, traceId, durationMs }
    } finally {
      hold.release()
    }
  }

  const whyStopped = async ({ organizationId, id }: InstallationRecord): Promise<SoukError> => {
    const installation = await storage.installations.get(organizationId, id)
    return installation === null || installation.uninstalledAt !== null
      ? notInstalled()
      : new SoukError('CONFLICT', 'The app moved to another version during the call. Reload and try again.')
  }

  return {
    async call(
      actor: Actor,
      installationId: string,
      input: FunctionCall,
      options: CallOptions,
    ): Promise<FunctionCallResponse> {
      // Before the row is read: an uninstall that comes after the reading finds the call here and stops it.
      const call = running.begin(installationId)
      try {
        const checked = await check(actor, installationId, input)
        const key = [installationId, checked.deployment.id, checked.user.userId, input.idempotencyKey].join('\n')
        const fingerprint = sha256(`${input.moduleHash}\n${input.args}`)
        return await idempotent.run(key, fingerprint, () => run(checked, input, call.signal, options))
      } finally {
        call.end()
      }
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

/** @returns The id of the server bundle. */
const requireFunction = ({ manifest, serverBundleId }: DeploymentRecord, id: string): string => {
  const entry = manifest.functions.find((candidate) => candidate.id === id)
  if (entry?.callable && serverBundleId !== null) return serverBundleId
  throw new SoukError(
    'FUNCTION_NOT_FOUND',
    'The installed version has no such function, or it cannot be called from the browser. Import it from client code and build again.',
  )
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
