import { createHash } from 'node:crypto'
import type { WireError } from '@souk/extension-sdk/protocol'
import { SoukError } from '../souk-error'
import { createFairGate } from './create-fair-gate'
import { overloadedError } from './create-gate'
import { createGuestProcess, type GuestProcess, STREAMED } from './create-guest-process'
import { createInstallation, type Installation, type InstallationOptions } from './create-installation'
import { createWarmPool } from './create-warm-pool'
import { createEgressBroker, type EgressOptions } from './egress/create-egress-broker'
import type { FunctionLog, FunctionRuntime } from './function-runtime'
import { findLauncher, type Launcher } from './launch-guest'
import { createRedactor } from './redact'
import { resolveDeno } from './resolve-deno'
import { shutDown, stopped } from './runtime-errors'
import { DEFAULT_RUNTIME_LIMITS, type RuntimeLimits } from './runtime-limits'
import { watchProcesses } from './watch-processes'

export interface ProcessRuntimeOptions {
  readonly egress?: EgressOptions
  /** Processes kept started for the next app. Default 1. */
  readonly poolSize?: number
  readonly limits?: Partial<RuntimeLimits>
  /** The Deno program. Default: the one the npm package `deno` brought. */
  readonly denoPath?: string
}

/**
 * Runs server functions in Deno processes without permissions: one for each pair of installation and deployment.
 *
 * A function may keep state in globals between calls of the same installation and deployment, and may lose it at any time: a cache.
 *
 * @throws {SoukError} `RUNTIME_UNAVAILABLE` with the command to run, when there is no Deno.
 */
export const createProcessRuntime = (options: ProcessRuntimeOptions = {}): FunctionRuntime =>
  runInProcesses(options, findLauncher())

/** What the runtimes on this machine have in common; they differ in how the system holds a process. */
export const runInProcesses = (options: ProcessRuntimeOptions, launcher: Launcher): FunctionRuntime => {
  const denoPath = resolveDeno(options.denoPath)
  const limits: RuntimeLimits = { ...DEFAULT_RUNTIME_LIMITS, ...options.limits }
  const watch = watchProcesses(launcher.wraps)
  const machine = createFairGate({
    places: limits.concurrentCallsOnMachine,
    placesPerKey: limits.concurrentCallsPerOrganization,
    waitingPerKey: limits.waitingCallsPerOrganization,
    waitMs: limits.waitMs,
    overloaded: () => overloadedError(limits.waitMs),
  })
  const broker = createEgressBroker(options.egress ?? {}, limits)
  const installations = new Map<string, Installation>()
  const guests = new Set<GuestProcess>()
  let calls = 0
  let kills = 0
  let isDisposed = false

  const startGuest = (): GuestProcess => {
    const guest = createGuestProcess({
      ...{ denoPath, launcher, limits, broker, watch, heapMegabytes: limits.heapMegabytes },
      // An idle process that is let go is no kill to worry about.
      onKill: ({ code }) => {
        if (code.startsWith('FUNCTION_')) kills++
      },
      onExit: (ended) => {
        guests.delete(ended)
        pool.drop(ended)
      },
    })
    guests.add(guest)
    return guest
  }
  const pool = createWarmPool(options.poolSize ?? 1, startGuest)

  /** Lets the process go that was idle longest, when there are as many as there may be. */
  const makeRoom = (): void => {
    const slots = [...installations.values()].flatMap(({ slots }) => slots).filter(({ state }) => state !== 'empty')
    // The one to be started is among them.
    if (slots.length <= limits.processes) return
    const [oldest] = slots.filter(({ state }) => state === 'idle').sort((a, b) => a.usedAt - b.usedAt)
    if (!oldest) throw overloadedError(limits.waitMs)
    oldest.evict()
  }

  const start: InstallationOptions['start'] = async (bundle, onLog, closing) => {
    makeRoom()
    const guest = pool.take()
    const stop = () => guest.kill(stopped())
    closing.addEventListener('abort', stop)
    guest.exited.then(() => closing.removeEventListener('abort', stop))
    try {
      const source = await bundle.source()
      if (createHash('sha256').update(source).digest('hex') !== bundle.sha256)
        throw new SoukError(
          'BUNDLE_INTEGRITY',
          'The server bundle is not the one that was published. Deploy the app again.',
        )
      await guest.load(bundle, source, onLog)
      closing.throwIfAborted()
      return guest
    } catch (error) {
      guest.kill(new SoukError('CLOSED', 'The bundle did not load.'))
      throw error
    } finally {
      if (!isDisposed) pool.refill()
    }
  }

  const installationOf = (id: string): Installation => {
    if (isDisposed) throw shutDown()
    const known = installations.get(id)
    if (known) return known
    for (const [old, installation] of installations) if (installation.isUnused) installations.delete(old)
    const installation = createInstallation({ limits, machine, start })
    installations.set(id, installation)
    return installation
  }

  const closeAll = (error: SoukError): void => {
    for (const installation of installations.values()) installation.close(error)
    installations.clear()
    for (const guest of guests) guest.kill(new SoukError('CLOSED', error.message))
  }

  // A guest in a busy loop would not notice a closed descriptor.
  const onProcessExit = () => closeAll(shutDown())
  process.once('exit', onProcessExit)
  pool.refill()

  return {
    load: (bundle) => installationOf(bundle.installationId).load(bundle),
    async invoke(call) {
      const startedAt = performance.now()
      const redact = createRedactor(call.egress.credentials)
      const logs: FunctionLog[] = []
      const onLog = (log: FunctionLog) => void logs.push({ ...log, message: redact(log.message) })
      const finish = () => ({ durationMs: performance.now() - startedAt, logs: [...logs] })
      calls++
      try {
        if (Buffer.byteLength(call.args) > limits.argumentBytes)
          throw new SoukError(
            'PAYLOAD_TOO_LARGE',
            `The arguments are larger than ${limits.argumentBytes} bytes. Send less at a time.`,
          )
        const result = await installationOf(call.installationId).call(call, onLog)
        return result === STREAMED
          ? { ok: true, result: '', isStreamed: true, ...finish() }
          : { ok: true, result, ...finish() }
      } catch (error) {
        return { ok: false, error: toWireError(error, redact, call.traceId), ...finish() }
      }
    },
    async unload(installationId) {
      const installation = installations.get(installationId)
      installations.delete(installationId)
      installation?.close(stopped())
      await Promise.all([...guests].filter(({ isKilled }) => isKilled).map(({ exited }) => exited))
    },
    stats: () => ({ processes: guests.size, calls, kills }),
    async dispose() {
      isDisposed = true
      process.off('exit', onProcessExit)
      watch.dispose()
      const exits = [...guests].map(({ exited }) => exited)
      closeAll(shutDown())
      await Promise.all(exits)
    },
  }
}

const toWireError = (error: unknown, redact: (text: string) => string, traceId: string): WireError => {
  // Anything else is a failure of ours or of the storage, whose words are not for the caller.
  if (!(error instanceof SoukError))
    return { code: 'INTERNAL', message: 'The server function could not be run. Try again later.', traceId }
  const { code, message, fields, retryAfterSeconds, details } = error
  const clean = (value: string | number | boolean) => (typeof value === 'string' ? redact(value) : value)
  return {
    code,
    message: redact(message),
    ...(fields
      ? { fields: Object.fromEntries(Object.entries(fields).map(([path, text]) => [path, redact(text)])) }
      : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(details
      ? { details: Object.fromEntries(Object.entries(details).map(([key, value]) => [key, clean(value)])) }
      : {}),
    traceId,
  }
}
