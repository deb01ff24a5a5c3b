import { setMaxListeners } from 'node:events'
import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isErrorCode, type WireError } from '@souk/extension-sdk/protocol'
import { sha256 as hashOf } from '../../crypto/hash'
import { isSoukError, SoukError } from '../../souk-error'
import { createFairGate } from '../create-fair-gate'
import { overloadedError } from '../create-gate'
import { encodeFrame } from '../frame-codec'
import type { FunctionInvocation, FunctionOutcome, FunctionRuntime, LoadedBundle } from '../function-runtime'
import { isBoundedJson } from '../is-bounded-json'
import { shutDown, stopped, timedOut } from '../runtime-errors'
import { DEFAULT_RUNTIME_LIMITS, type RuntimeLimits } from '../runtime-limits'
import { CALL_AUDIENCE, type CallKeys, createCallSigner } from './call-token'
import { callWorker, NotTaken, type WorkerAnswer, type WorkerCall } from './call-worker'
import type { WorkerOrder } from './worker-messages'

export interface RemoteRuntimeOptions {
  /** Where the workers are: `['https://functions-1.internal:8443']`. Behind one address there may be many. */
  readonly workers: readonly string[]
  readonly keys: CallKeys
  /** Who the workers are. Default `souk-functions`. */
  readonly audience?: string
  /** Whether workers are reached without TLS elsewhere than on this machine: where the network itself encrypts, as a mesh does. */
  readonly allowHttp?: boolean
  /** Certificates of the workers, and one of the product's own, as `https.Agent` takes them. */
  readonly tls?: Pick<AgentOptions, 'ca' | 'cert' | 'key' | 'servername'>
  readonly limits?: Partial<RemoteLimits>
}

export interface RemoteLimits
  extends Pick<
    RuntimeLimits,
    | 'argumentBytes'
    | 'resultBytes'
    | 'concurrentCallsPerOrganization'
    | 'concurrentCallsOnMachine'
    | 'waitingCallsPerOrganization'
    | 'waitMs'
  > {
  /** How long a worker may take to take a call. */
  readonly connectMs: number
  /** What a worker is given beyond the deadline of a call, and after it was given up. */
  readonly graceMs: number
}

export const DEFAULT_REMOTE_LIMITS: RemoteLimits = {
  argumentBytes: DEFAULT_RUNTIME_LIMITS.argumentBytes,
  resultBytes: DEFAULT_RUNTIME_LIMITS.resultBytes,
  concurrentCallsPerOrganization: DEFAULT_RUNTIME_LIMITS.concurrentCallsPerOrganization,
  concurrentCallsOnMachine: DEFAULT_RUNTIME_LIMITS.concurrentCallsOnMachine,
  waitingCallsPerOrganization: DEFAULT_RUNTIME_LIMITS.waitingCallsPerOrganization,
  waitMs: DEFAULT_RUNTIME_LIMITS.waitMs,
  connectMs: 5_000,
  graceMs: 1_000,
}

const RETRY_SECONDS = 5
/** A worker that could not be reached is asked last for so long. */
const AVOIDED_MS = 10_000

const aborted = (): SoukError => new SoukError('ABORTED', 'The caller gave the server function up.')

const isLoopback = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)

const toAddress = (worker: string, allowHttp: boolean): URL => {
  const url = URL.canParse(worker) ? new URL(worker) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.pathname !== '/' || url.search !== '')
    throw new SoukError(
      'NOT_CONFIGURED',
      `${JSON.stringify(worker)} is not the address of a worker. Write its origin, such as https://functions.internal:8443.`,
    )
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url))
    throw new SoukError(
      'NOT_CONFIGURED',
      `Calls carry settings and credentials, and ${worker} has no TLS. Use https:, or set allowHttp where the network itself encrypts.`,
    )
  return new URL('/v1/functions', url)
}

/**
 * Runs server functions on other machines, in workers as `createFunctionWorker` makes them. What an app may do, it may do there: the
 * same processes, limits and egress broker. What functions ask the platform comes back over the call's own connection.
 *
 * @throws {SoukError} `NOT_CONFIGURED` at once for a key or an address that will not do.
 */
export const createRemoteRuntime = (options: RemoteRuntimeOptions): FunctionRuntime => {
  const limits: RemoteLimits = { ...DEFAULT_REMOTE_LIMITS, ...options.limits }
  const workers = options.workers.map((worker) => toAddress(worker, options.allowHttp === true).href)
  if (workers.length === 0)
    throw new SoukError('NOT_CONFIGURED', '`workers` is empty. Pass the address of one worker at least.')
  const sign = createCallSigner(options.keys, options.audience ?? CALL_AUDIENCE)
  const gate = createFairGate({
    places: limits.concurrentCallsOnMachine,
    placesPerKey: limits.concurrentCallsPerOrganization,
    waitingPerKey: limits.waitingCallsPerOrganization,
    waitMs: limits.waitMs,
    overloaded: () => overloadedError(limits.waitMs),
  })
  // The idle time is shorter than a worker's, so that no call meets a connection that is about to close.
  const idle = { keepAlive: true, timeout: 30_000 }
  const agents = { http: new HttpAgent(idle), https: new HttpsAgent({ ...idle, ...options.tls }) }
  const stats = new Map<string, WorkerAnswer['stats']>()
  const avoidedUntil = new Map<string, number>()
  const installations = new Map<string, { readonly closing: AbortController; calls: number }>()
  const shuttingDown = new AbortController()
  setMaxListeners(0, shuttingDown.signal)
  let calls = 0

  const open = (worker: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
    const request = { method: 'POST', headers }
    return worker.startsWith('https:')
      ? requestHttps(worker, { ...request, agent: agents.https })
      : requestHttp(worker, { ...request, agent: agents.http })
  }

  const giveTo = async (
    worker: string,
    order: Uint8Array,
    call: Omit<WorkerCall, 'request' | 'order' | 'answerBytes' | 'connectMs'>,
  ) => {
    const { connectMs, resultBytes: answerBytes } = limits
    for (;;) {
      // A token is for one use.
      const request = open(worker, await sign(order))
      try {
        const answer = await callWorker({ ...call, request, order, answerBytes, connectMs })
        stats.set(worker, answer.stats)
        avoidedUntil.delete(worker)
        return answer
      } catch (error) {
        // A connection that was kept says nothing of the worker when it turns out to be closed. The next one may be new.
        if (!(error instanceof NotTaken && error.why === 'unreachable' && request.reusedSocket)) throw error
      }
    }
  }

  /** The same bundle of an installation goes to the same worker while that is there, and finds its process. */
  const inOrder = (bundle: Pick<LoadedBundle, 'installationId' | 'sha256'>): readonly string[] => {
    const now = performance.now()
    const isAvoided = (worker: string) => (avoidedUntil.get(worker) ?? 0) > now
    const rank = (worker: string) => hashOf(`${worker} ${bundle.installationId} ${bundle.sha256}`)
    return [...workers].sort((a, b) => Number(isAvoided(a)) - Number(isAvoided(b)) || (rank(a) < rank(b) ? -1 : 1))
  }

  const give = async (
    bundle: Pick<LoadedBundle, 'installationId' | 'sha256'>,
    toOrder: () => Uint8Array,
    call: Parameters<typeof giveTo>[2],
  ): Promise<WorkerAnswer> => {
    const refusals: NotTaken[] = []
    for (const worker of inOrder(bundle)) {
      call.ending.throwIfAborted()
      try {
        return await giveTo(worker, toOrder(), call)
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error
        refusals.push(error)
        if (error.why === 'unreachable') avoidedUntil.set(worker, performance.now() + AVOIDED_MS)
      }
    }
    throw nobodyTook(refusals)
  }

  const join = (installationId: string) => {
    if (shuttingDown.signal.aborted) throw shutDown()
    const entry = installations.get(installationId) ?? { closing: new AbortController(), calls: 0 }
    if (entry.calls++ === 0) setMaxListeners(0, entry.closing.signal)
    installations.set(installationId, entry)
    return {
      closing: AbortSignal.any([entry.closing.signal, shuttingDown.signal]),
      leave() {
        if (--entry.calls === 0 && installations.get(installationId) === entry) installations.delete(installationId)
      },
    }
  }

  const run = async (call: FunctionInvocation): Promise<WorkerAnswer> => {
    const startedAt = performance.now()
    if (Buffer.byteLength(call.args) > limits.argumentBytes)
      throw new SoukError(
        'PAYLOAD_TOO_LARGE',
        `The arguments are larger than ${limits.argumentBytes} bytes. Send less at a time.`,
      )
    const { closing, leave } = join(call.installationId)
    const end = createEnd(call, closing, limits.graceMs)
    try {
      const leaveGate = await gate.enter(call.context.organizationId, AbortSignal.any([end.now, end.given]))
      try {
        const toOrder = () =>
          encodeFrame(
            toCallOrder(call, Math.max(1, call.deadlineMs - (performance.now() - startedAt))),
            Buffer.from(call.args),
          )
        return await give(call, toOrder, {
          source: call.source,
          ...(call.platform ? { platform: call.platform } : {}),
          ...(call.onPart ? { onPart: call.onPart } : {}),
          signal: end.given,
          ending: end.now,
        })
      } finally {
        leaveGate()
      }
    } catch (error) {
      throw end.given.aborted && !isSoukError(error) ? aborted() : error
    } finally {
      end.dispose()
      leave()
    }
  }

  return {
    async load(bundle) {
      const { closing, leave } = join(bundle.installationId)
      const { installationId, deploymentId, sha256 } = bundle
      const order: WorkerOrder = { type: 'load', bundle: { installationId, deploymentId, sha256 } }
      try {
        const call = { source: bundle.source, signal: closing, ending: closing }
        const answer = await give(bundle, () => encodeFrame(order), call)
        if (answer.type === 'failed') throw toSoukError(answer.error)
      } finally {
        leave()
      }
    },
    async invoke(call): Promise<FunctionOutcome> {
      const startedAt = performance.now()
      calls++
      try {
        const answer = await run(call)
        const { durationMs, logs } = answer
        if (answer.type === 'failed')
          return { ok: false, error: { ...answer.error, traceId: call.traceId }, durationMs, logs }
        if (answer.isStreamed) return { ok: true, result: '', isStreamed: true, durationMs, logs }
        if (!isBoundedJson(answer.result))
          throw new SoukError(
            'FUNCTION_FAILED',
            'The server function answered with something that is not an encoded value.',
          )
        return { ok: true, result: new TextDecoder().decode(answer.result), durationMs, logs }
      } catch (error) {
        return {
          ok: false,
          error: toWireError(error, call.traceId),
          durationMs: performance.now() - startedAt,
          logs: [],
        }
      }
    },
    async unload(installationId) {
      installations.get(installationId)?.closing.abort(stopped())
      installations.delete(installationId)
      const order = encodeFrame({ type: 'unload', installationId } satisfies WorkerOrder)
      const ending = AbortSignal.any([shuttingDown.signal, AbortSignal.timeout(limits.connectMs * 2)])
      const results = await Promise.allSettled(
        workers.map((worker) => giveTo(worker, order, { signal: shuttingDown.signal, ending })),
      )
      const failed = results.filter(({ status }) => status === 'rejected').length
      if (failed > 0 && !shuttingDown.signal.aborted)
        throw new SoukError(
          'RUNTIME_UNAVAILABLE',
          `${failed} of ${workers.length} workers could not be told to stop an app. It gets no calls any more, and its idle processes end there on their own.`,
        )
    },
    stats: () => ({
      calls,
      processes: [...stats.values()].reduce((sum, { processes }) => sum + processes, 0),
      kills: [...stats.values()].reduce((sum, { kills }) => sum + kills, 0),
    }),
    async dispose() {
      shuttingDown.abort(shutDown())
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

const toCallOrder = (call: FunctionInvocation, deadlineMs: number): WorkerOrder => {
  const { installationId, deploymentId, sha256, functionId, traceId, context, egress } = call
  return {
    type: 'call',
    bundle: { installationId, deploymentId, sha256 },
    ...{ functionId, deadlineMs, traceId, context, egress },
    mayAsk: call.platform !== undefined,
    takesParts: call.onPart !== undefined,
  }
}

/** Joins what ends a call early. The worker keeps the deadline itself and says what was logged; `now` is for one that does not. */
const createEnd = ({ deadlineMs, signal }: FunctionInvocation, closing: AbortSignal, graceMs: number) => {
  const own = new AbortController()
  const timers = new Set([setTimeout(() => own.abort(timedOut(deadlineMs)), deadlineMs + graceMs)])
  const onGiven = () => void timers.add(setTimeout(() => own.abort(aborted()), graceMs))
  if (signal?.aborted) onGiven()
  signal?.addEventListener('abort', onGiven)
  return {
    given: signal ?? new AbortController().signal,
    now: AbortSignal.any([own.signal, closing]),
    dispose() {
      signal?.removeEventListener('abort', onGiven)
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

const nobodyTook = (refusals: readonly NotTaken[]): SoukError => {
  const busy = refusals.filter(({ why }) => why === 'busy')
  if (busy.length > 0) {
    const seconds = Math.min(...busy.map(({ retryAfterSeconds }) => retryAfterSeconds ?? RETRY_SECONDS))
    return overloadedError(seconds * 1000)
  }
  const message = refusals.some(({ why }) => why === 'refused')
    ? 'The workers of server functions refuse this server. Check that both have the same key, audience and time.'
    : 'No worker of server functions can be reached. Try again in a moment; if it stays, check that they run.'
  return new SoukError('RUNTIME_UNAVAILABLE', message, {
    retryAfterSeconds: RETRY_SECONDS,
    cause: new AggregateError(refusals),
  })
}

const toSoukError = ({ code, message, retryAfterSeconds }: WireError): SoukError =>
  new SoukError(
    isErrorCode(code) ? code : 'INTERNAL',
    message,
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  )

const toWireError = (error: unknown, traceId: string): WireError => {
  // Anything else is a failure of ours, whose words are not for the caller.
  if (!isSoukError(error))
    return { code: 'INTERNAL', message: 'The server function could not be run. Try again later.', traceId }
  const { code, message, retryAfterSeconds } = error
  return { code, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), traceId }
}
