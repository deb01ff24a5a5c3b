import { type CallFile, configsOf, type ErrorCode, isErrorCode, type WireError } from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import type { UserActor } from '../policy'
import type { FunctionOutcome, ObserveRequest, PartSink } from '../runtime/function-runtime'
import { SoukError } from '../souk-error'
import type { ConnectionRecord, DeploymentRecord, FunctionCallRecord, InstallationRecord } from '../storage'
import type { ActiveSpan } from '../telemetry'
import { createPlatformCalls } from './platform-calls'
import { type PreparedCall, prepareCall } from './prepare-call'
import { createRedactor } from './redact'
import type { ServiceContext } from './service-context'
import { toStorableText } from './storable-text'
import { createPartTaker } from './take-parts'

/** Bytes of UTF-8. */
export const MAX_RESULT_BYTES = 5 * 1024 * 1024
const CALL_DEADLINE_MS = 30_000
const MAX_LOG_BYTES = 64 * 1024
const PURGE_INTERVAL_MS = 3_600_000
/** How long an event counts as known: longer than any service sends again. */
const KEEP_EVENTS_DAYS = 14

/** What app code may answer with; a code that speaks of Souk itself would be a lie from there. */
const CALL_ERROR_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UPSTREAM_SERVICE_ERROR',
  'INSUFFICIENT_PERMISSIONS',
  'CONNECTION_EXPIRED',
  'CONNECTION_NOT_FOUND',
  'QUOTA_EXCEEDED',
  'VALUE_NOT_SENDABLE',
  'ABORTED',
  'FILE_NOT_GRANTED',
  'FUNCTION_NOT_FOUND',
  'FUNCTION_FAILED',
  'FUNCTION_TIMEOUT',
  'FUNCTION_RESULT_TOO_LARGE',
  'FUNCTION_CRASHED',
  'FUNCTION_MEMORY',
  'FUNCTION_CPU',
  'FUNCTION_OVERLOADED',
  'FUNCTION_LOAD_FAILED',
  'RUNTIME_UNAVAILABLE',
  'EGRESS_DENIED',
  'EGRESS_PRIVATE_ADDRESS',
  'EGRESS_LIMIT',
  'EGRESS_FAILED',
])

export interface FunctionRun {
  readonly user: UserActor
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  readonly bundleId: string
  readonly functionId: string
  /** As `encodeValue` wrote them. */
  readonly args: string
  /** What the function may read while it runs. */
  readonly files?: readonly CallFile[]
  readonly traceId: string
  readonly signal?: AbortSignal | undefined
  /** Takes the parts of a streamed result as they come. Without it they become the items of one array. */
  readonly onPart?: PartSink | undefined
  /** Says why `signal` aborted, when the reason is not the caller. */
  readonly whyStopped?: (() => Promise<SoukError | undefined>) | undefined
  /** Instead of all connections: those a hook is about. */
  readonly only?: readonly ConnectionRecord[] | undefined
  readonly mayLackSettings?: boolean
}

export interface FunctionRunResult {
  /** As `encodeValue` wrote it; empty when `onPart` has had it. */
  readonly result: string
  readonly durationMs: number
  readonly isStreamed?: true
}

/** Runs functions of apps, once everything about the caller was checked, and writes each call down. */
export const createFunctionRunner = (context: ServiceContext) => {
  const { storage, runtime, tracer } = context
  let purgedAt = 0

  const readSource = (deployment: DeploymentRecord, bundleId: string) => async (): Promise<string> => {
    const content = await storage.bundles.content(bundleId)
    if (!content) throw new Error(`Deployment ${deployment.id} points at a server bundle that is not there.`)
    return new TextDecoder().decode(content)
  }

  const invoke = async (
    call: FunctionRun,
    prepared: PreparedCall,
    sha256: string,
    span: ActiveSpan,
    onPart: PartSink,
  ): Promise<FunctionOutcome> => {
    const { user, installation, deployment, files, traceId, signal } = call
    const connectionIds = prepared.connections.map(({ id }) => id)
    const invocation = runtime.invoke({
      installationId: installation.id,
      deploymentId: deployment.id,
      sha256,
      source: readSource(deployment, call.bundleId),
      functionId: call.functionId,
      args: call.args,
      deadlineMs: CALL_DEADLINE_MS,
      ...(signal ? { signal } : {}),
      traceId,
      context: prepared.context,
      egress: { ...prepared.egress, observe: observeWith(span, traceId) },
      platform: createPlatformCalls(context, { user, installation, deployment, connectionIds, files, traceId }),
      onPart,
    })
    return invocation.catch(async (error: unknown) => {
      // A runtime answers with an outcome; what it throws is its own trouble, unless the call was stopped under it.
      throw (await call.whyStopped?.()) ?? error
    })
  }

  /** @throws {SoukError} What the function threw, if it may, redacted; or why it could not run. */
  const run = async (call: FunctionRun, span: ActiveSpan): Promise<FunctionRunResult> => {
    const { user, installation, deployment } = call
    const { only, mayLackSettings = false } = call
    const prepared = await prepareCall(context, { user, installation, deployment, only, mayLackSettings })
    requireConnection(deployment, call.functionId, prepared.connections)
    const bundle = await storage.bundles.get(call.bundleId)
    if (!bundle) throw new Error(`Deployment ${deployment.id} points at a server bundle that is not there.`)
    const early = await call.whyStopped?.()
    if (early) throw early

    const redact = createRedactor(prepared.secrets)
    const parts = createPartTaker(redact, call.onPart)
    const outcome = parts.complete(await invoke(call, prepared, bundle.sha256, span, parts.onPart))
    const error = (await call.whyStopped?.()) ?? outcomeError(outcome, redact, call.traceId, prepared.connections)
    await record(call, outcome, error, redact, parts.bytes)
    if (error) {
      await noteExpired(prepared.connections, error)
      throw error
    }
    // outcomeError found nothing, so it is ok.
    const { result, durationMs, isStreamed } = outcome as Extract<FunctionOutcome, { ok: true }>
    span.set({ 'souk.result.bytes': parts.bytes || Buffer.byteLength(result) })
    return isStreamed ? { result, durationMs, isStreamed } : { result: redact(result), durationMs }
  }

  /** App code is the first to know when a service takes a credential no more. */
  const noteExpired = async (connections: readonly ConnectionRecord[], { code, details }: SoukError): Promise<void> => {
    const expired = connections.find(({ id }) => id === details?.connectionId)
    if (code !== 'CONNECTION_EXPIRED' || expired?.status !== 'active') return
    const { organizationId, id, revision } = expired
    try {
      await storage.connections.change(organizationId, id, revision, { status: 'expired', updatedAt: context.now() })
    } catch (failure) {
      context.onError(failure, {})
    }
  }

  const record = async (
    { user, installation, deployment, functionId, traceId, args, files = [] }: FunctionRun,
    outcome: FunctionOutcome,
    error: SoukError | undefined,
    redact: (text: string) => string,
    partBytes: number,
  ): Promise<void> => {
    try {
      await storage.functionCalls.record({
        id: createId(),
        installationId: installation.id,
        deploymentId: deployment.id,
        organizationId: installation.organizationId,
        functionId,
        userId: user.userId,
        outcome: error ? 'error' : 'ok',
        errorCode: error?.code ?? null,
        durationMs: Math.max(0, Math.round(outcome.durationMs)),
        logs: limitLogs(outcome.logs, redact),
        createdAt: context.now(),
        traceId,
        argumentBytes: files.reduce((sum, { bytes }) => sum + bytes.byteLength, Buffer.byteLength(args)),
        resultBytes: partBytes || (outcome.ok ? Buffer.byteLength(outcome.result) : 0),
      })
      await purge()
    } catch (failure) {
      // The call has happened: its answer is worth more than its record.
      context.onError(failure, {})
    }
  }

  /** Once an hour in each process; where nobody calls, nothing grows. */
  const purge = async (): Promise<void> => {
    const now = context.now()
    if (now.getTime() - purgedAt < PURGE_INTERVAL_MS) return
    purgedAt = now.getTime()
    await storage.functionCalls.removeBefore(new Date(now.getTime() - context.keepCallsDays * 86_400_000))
    await storage.values.removeExpired(now)
    await storage.webhookHandlers.removeEventsBefore(new Date(now.getTime() - KEEP_EVENTS_DAYS * 86_400_000))
  }

  return (call: FunctionRun): Promise<FunctionRunResult> =>
    tracer.span('souk.function', attributesOf(call), (span) => run(call, span))
}

export type RunFunction = ReturnType<typeof createFunctionRunner>

/** Before any code of the app runs: what a step says that it cannot do without. */
const requireConnection = (
  { manifest }: DeploymentRecord,
  functionId: string,
  connections: readonly ConnectionRecord[],
): void => {
  if (!configsOf(manifest, functionId).some(({ requiresConnection }) => requiresConnection)) return
  if (connections.some(({ status }) => status === 'active')) return
  const [expired] = connections
  if (expired)
    throw new SoukError('CONNECTION_EXPIRED', 'The account that the app works with has to be connected again.', {
      details: { connection: expired.definitionId, connectionId: expired.id },
    })
  const definition = manifest.connections?.[0]
  throw new SoukError('CONNECTION_NOT_FOUND', 'The app works with an account that nobody has connected yet.', {
    ...(definition ? { details: { connection: definition.id } } : {}),
  })
}

/** A span for each request that leaves the function, inside of the one of its call. */
const observeWith =
  (span: ActiveSpan, traceId: string): ObserveRequest =>
  ({ method, host }, send) =>
    span.child(
      'souk.egress',
      { 'http.request.method': method, 'server.address': host, 'souk.trace.id': traceId },
      async (request) => {
        const response = await send()
        request.set({ 'http.response.status_code': response.status })
        return response
      },
    )

const attributesOf = ({ installation, deployment, functionId, traceId, args }: FunctionRun) => ({
  'souk.app.id': installation.appId,
  'souk.installation.id': installation.id,
  'souk.organization.id': installation.organizationId,
  'souk.deployment.version': deployment.version,
  'souk.function.id': functionId,
  'souk.trace.id': traceId,
  'souk.arguments.bytes': Buffer.byteLength(args),
})

const outcomeError = (
  outcome: FunctionOutcome,
  redact: (text: string) => string,
  traceId: string,
  connections: readonly ConnectionRecord[],
): SoukError | undefined => {
  if (!outcome.ok) return toSoukError(outcome.error, redact, traceId, connections)
  if (Buffer.byteLength(outcome.result) <= MAX_RESULT_BYTES) return undefined
  return new SoukError(
    'FUNCTION_RESULT_TOO_LARGE',
    `The result is larger than ${MAX_RESULT_BYTES} bytes. Return less, or in pages.`,
    { traceId },
  )
}

const toSoukError = (
  error: WireError,
  redact: (text: string) => string,
  traceId: string,
  connections: readonly ConnectionRecord[],
): SoukError => {
  const code = isErrorCode(error.code) && CALL_ERROR_CODES.has(error.code) ? error.code : 'FUNCTION_FAILED'
  const clean = (text: unknown) => redact(String(text)).slice(0, 2000)
  const details = { ...(code === 'CONNECTION_EXPIRED' ? onlyConnection(connections) : {}), ...error.details }
  return new SoukError(code, clean(error.message), {
    traceId,
    ...(error.fields
      ? {
          fields: Object.fromEntries(
            Object.entries(error.fields)
              .slice(0, 200)
              .map(([key, text]) => [key, clean(text)]),
          ),
        }
      : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(Object.keys(details).length > 0
      ? {
          details: Object.fromEntries(
            Object.entries(details).map(([key, value]) => [key, typeof value === 'string' ? clean(value) : value]),
          ),
        }
      : {}),
  })
}

/** When app code says that its connection expired, and there is one, it can only mean that. */
const onlyConnection = (connections: readonly ConnectionRecord[]) => {
  const [one, another] = connections
  return one && !another ? { connection: one.definitionId, connectionId: one.id } : {}
}

const limitLogs = (logs: FunctionOutcome['logs'], redact: (text: string) => string): FunctionCallRecord['logs'] => {
  let left = MAX_LOG_BYTES
  return logs.slice(0, 1000).flatMap(({ level, message }) => {
    const text = toStorableText(redact(message)).slice(0, left)
    left -= text.length
    return text === '' ? [] : [{ level, message: text }]
  })
}
