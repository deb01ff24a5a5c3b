import {
  decodeValue,
  type EgressRule,
  type ErrorCode,
  type FunctionCall,
  type FunctionCallLog,
  type FunctionCallResponse,
  isErrorCode,
  isRefusal,
  type Manifest,
  type Page,
  settingLeaves,
  type WireError,
} from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import { sha256 } from '../crypto/hash'
import { type Actor, authorize, type UserActor } from '../policy'
import type { FunctionInvocation, FunctionOutcome } from '../runtime/function-runtime'
import { invalidInput, SoukError } from '../souk-error'
import type { DeploymentRecord, FunctionCallRecord, InstallationRecord, PageRequest } from '../storage'
import { coversManifest } from './check-consent'
import { createIdempotentCalls } from './idempotency'
import {
  notInstalled,
  requireActive,
  requireDeployment,
  requireInstallation,
  requireRunnable,
} from './installation-access'
import { createRedactor } from './redact'
import type { RunningCalls } from './running-calls'
import { requireUser, type ServiceContext } from './service-context'
import { secretPlace } from './settings'
import { readSettings, type SettingsState } from './settings-values'
import { toStorableText } from './storable-text'

/** Bytes of UTF-8. */
export const MAX_ARGUMENT_BYTES = 1024 * 1024
export const MAX_RESULT_BYTES = 5 * 1024 * 1024
const CALL_DEADLINE_MS = 30_000
const MAX_LOG_BYTES = 64 * 1024

/** What app code may answer with; a code that speaks of Souk itself would be a lie from there. */
const CALL_ERROR_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UPSTREAM_SERVICE_ERROR',
  'INSUFFICIENT_PERMISSIONS',
  'CONNECTION_EXPIRED',
  'VALUE_NOT_SENDABLE',
  'ABORTED',
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

/** Calls of server functions from the browser. */
export const createFunctionService = (context: ServiceContext, running: RunningCalls) => {
  const { storage, runtime, sealer } = context
  const idempotent = createIdempotentCalls<FunctionCallResponse>({ sizeBytes: ({ result }) => result.length * 2 })

  const openSecrets = async (
    { sealed }: SettingsState,
    paths: readonly string[],
    installationId: string,
    userId: string | null,
  ): Promise<Readonly<Record<string, string>>> => {
    const opened = await Promise.all(
      paths.flatMap((path) => {
        const text = sealed.get(path)
        return text === undefined
          ? []
          : [sealer.open(text, secretPlace(installationId, userId, path)).then((value) => [path, value] as const)]
      }),
    )
    return Object.fromEntries(opened)
  }

  const prepare = async (
    user: UserActor,
    installation: InstallationRecord,
    deployment: DeploymentRecord,
  ): Promise<Pick<FunctionInvocation, 'context' | 'egress'>> => {
    const { settings, egress } = deployment.manifest
    const [organizationRows, userRows] = await Promise.all([
      storage.settings.list(installation.id, null),
      storage.settings.list(installation.id, user.userId),
    ])
    const organization = readSettings(settings.organization, organizationRows)
    const own = readSettings(settings.user, userRows)
    if (organization.missing.length > 0)
      throw new SoukError(
        'NOT_CONFIGURED',
        `The app still needs settings: ${organization.missing.slice(0, 10).join(', ')}. An administrator can fill them in.`,
      )
    const rules = egress.server.filter(({ host }) => installation.grantedEgress.includes(host))
    const open = (state: SettingsState, paths: readonly string[], owner: string | null) =>
      openSecrets(state, paths, installation.id, owner)
    return {
      context: {
        user: { id: user.userId, ...(user.name === undefined ? {} : { name: user.name }) },
        organizationId: installation.organizationId,
        installationId: installation.id,
        settings: {
          organization: {
            ...organization.values,
            ...(await open(organization, revealed(settings.organization), null)),
          },
          user: { ...own.values, ...(await open(own, revealed(settings.user), user.userId)) },
        },
      },
      egress: { rules, credentials: await open(organization, attachedSettings(rules), null) },
    }
  }

  const readSource = (deployment: DeploymentRecord, bundleId: string) => async (): Promise<string> => {
    const content = await storage.bundles.content(bundleId)
    if (!content) throw new Error(`Deployment ${deployment.id} points at a server bundle that is not there.`)
    return new TextDecoder().decode(content)
  }

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
    traceId: string,
    stopped: AbortSignal,
    signal: AbortSignal | undefined,
  ): Promise<FunctionCallResponse> => {
    const { user, installation, deployment, bundleId } = checked
    for (const [limiter, key] of [
      [context.functionCalls, `${user.userId}\n${installation.id}`],
      [context.installationCalls, installation.id],
      [context.appCalls, installation.appId],
    ] as const) {
      const allowed = limiter.take(key)
      if (!allowed.ok)
        throw new SoukError('RATE_LIMITED', `Too many calls. Wait ${allowed.retryAfterSeconds} s and try again.`, {
          retryAfterSeconds: allowed.retryAfterSeconds,
        })
    }
    const prepared = await prepare(user, installation, deployment)
    const bundle = await storage.bundles.get(bundleId)
    if (!bundle) throw new Error(`Deployment ${deployment.id} points at a server bundle that is not there.`)
    if (stopped.aborted) throw await whyStopped(installation)

    const invocation = runtime.invoke({
      installationId: installation.id,
      deploymentId: deployment.id,
      sha256: bundle.sha256,
      source: readSource(deployment, bundleId),
      functionId: moduleHash,
      args,
      deadlineMs: CALL_DEADLINE_MS,
      signal: signal ? AbortSignal.any([signal, stopped]) : stopped,
      traceId,
      ...prepared,
    })
    const outcome = await invocation.catch(async (error: unknown) => {
      // A runtime answers with an outcome; what it throws is its own trouble, unless the call was stopped under it.
      throw stopped.aborted ? await whyStopped(installation) : error
    })
    const redact = createRedactor(secretsOf(deployment.manifest, prepared))
    const error = stopped.aborted ? await whyStopped(installation) : outcomeError(outcome, redact, traceId)
    await record(checked, moduleHash, outcome, error, redact)
    if (error) throw error
    // outcomeError found nothing, so it is ok.
    const { result, durationMs } = outcome as Extract<FunctionOutcome, { ok: true }>
    return { result: redact(result), traceId, durationMs }
  }

  const whyStopped = async ({ organizationId, id }: InstallationRecord): Promise<SoukError> => {
    const installation = await storage.installations.get(organizationId, id)
    return installation === null || installation.uninstalledAt !== null
      ? notInstalled()
      : new SoukError('CONFLICT', 'The app moved to another version during the call. Reload and try again.')
  }

  const record = async (
    { user, installation, deployment }: Awaited<ReturnType<typeof check>>,
    functionId: string,
    outcome: FunctionOutcome,
    error: SoukError | undefined,
    redact: (text: string) => string,
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
      })
    } catch (failure) {
      // The call has happened: its answer is worth more than its record.
      context.onError(failure, {})
    }
  }

  return {
    async call(
      actor: Actor,
      installationId: string,
      input: FunctionCall,
      { traceId, signal }: { readonly traceId: string; readonly signal?: AbortSignal },
    ): Promise<FunctionCallResponse> {
      // Before the row is read: an uninstall that comes after the reading finds the call here and stops it.
      const call = running.begin(installationId)
      try {
        const checked = await check(actor, installationId, input)
        const key = [installationId, checked.deployment.id, checked.user.userId, input.idempotencyKey].join('\n')
        const fingerprint = sha256(`${input.moduleHash}\n${input.args}`)
        return await idempotent.run(key, fingerprint, () => run(checked, input, traceId, call.signal, signal))
      } finally {
        call.end()
      }
    },

    async logs(actor: Actor, installationId: string, page: PageRequest): Promise<Page<FunctionCallLog>> {
      const { organizationId } = requireUser(actor)
      authorize(actor, 'function-logs.read', { type: 'organization', organizationId })
      await requireInstallation(context, organizationId, installationId)
      const { items, nextCursor } = await storage.functionCalls.list(organizationId, installationId, page)
      return { items: items.map(toLog), nextCursor }
    },
  }
}

const toLog = (call: FunctionCallRecord): FunctionCallLog => ({
  id: call.id,
  functionId: call.functionId,
  deploymentId: call.deploymentId,
  userId: call.userId,
  outcome: call.outcome,
  errorCode: call.errorCode,
  durationMs: call.durationMs,
  logs: call.logs,
  createdAt: call.createdAt.toISOString(),
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

const revealed = (schema: Manifest['settings']['organization']): readonly string[] =>
  settingLeaves(schema).flatMap(([path, field]) => (field.type === 'secret' && field.reveal ? [path] : []))

const attachedSettings = (rules: readonly EgressRule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ attach }) => (attach ? [attach.setting] : []))),
]

const secretsOf = (
  { settings }: Manifest,
  { context, egress }: Pick<FunctionInvocation, 'context' | 'egress'>,
): readonly string[] => [
  ...Object.values(egress.credentials),
  ...revealed(settings.organization).map((path) => String(context.settings.organization[path] ?? '')),
  ...revealed(settings.user).map((path) => String(context.settings.user[path] ?? '')),
]

const outcomeError = (
  outcome: FunctionOutcome,
  redact: (text: string) => string,
  traceId: string,
): SoukError | undefined => {
  if (!outcome.ok) return toSoukError(outcome.error, redact, traceId)
  if (Buffer.byteLength(outcome.result) <= MAX_RESULT_BYTES) return undefined
  return new SoukError(
    'FUNCTION_RESULT_TOO_LARGE',
    `The result is larger than ${MAX_RESULT_BYTES} bytes. Return less, or in pages.`,
    { traceId },
  )
}

const toSoukError = (error: WireError, redact: (text: string) => string, traceId: string): SoukError => {
  const code = isErrorCode(error.code) && CALL_ERROR_CODES.has(error.code) ? error.code : 'FUNCTION_FAILED'
  const clean = (text: unknown) => redact(String(text)).slice(0, 2000)
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
  })
}

const limitLogs = (logs: FunctionOutcome['logs'], redact: (text: string) => string): FunctionCallRecord['logs'] => {
  let left = MAX_LOG_BYTES
  return logs.slice(0, 1000).flatMap(({ level, message }) => {
    const text = toStorableText(redact(message)).slice(0, left)
    left -= text.length
    return text === '' ? [] : [{ level, message: text }]
  })
}
