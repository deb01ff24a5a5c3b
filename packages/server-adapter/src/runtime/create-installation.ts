import { setMaxListeners } from 'node:events'
import { SoukError } from '../souk-error'
import type { FairGate } from './create-fair-gate'
import { createGate, overloadedError } from './create-gate'
import type { STREAMED } from './create-guest-process'
import { createSlot, type Slot, type SlotOptions } from './create-slot'
import type { FunctionInvocation, FunctionLog, LoadedBundle } from './function-runtime'
import { timedOut } from './runtime-errors'
import type { RuntimeLimits } from './runtime-limits'

export interface InstallationOptions {
  readonly limits: RuntimeLimits
  /** The places of all installations, by organization. */
  readonly machine: FairGate
  /** As of a slot, with a signal that ends the process at once. */
  readonly start: (
    bundle: LoadedBundle,
    onLog: (log: FunctionLog) => void,
    closing: AbortSignal,
  ) => ReturnType<SlotOptions['start']>
}

/** All that runs for one installation. */
export interface Installation {
  load(bundle: LoadedBundle): Promise<void>
  /**
   * Runs one call to its end or its deadline.
   *
   * @returns The result, as `encodeValue` wrote it, or `STREAMED`.
   */
  call(invocation: FunctionInvocation, onLog: (log: FunctionLog) => void): Promise<string | typeof STREAMED>
  /** Ends everything at once; calls fail with the error. */
  close(error: SoukError): void
  readonly slots: readonly Slot[]
  /** Whether nothing would be lost by forgetting it. */
  readonly isUnused: boolean
}

const aborted = (): SoukError => new SoukError('ABORTED', 'The caller gave the server function up.')

/** Two builds of a deployment in development may share its id. */
const slotKey = ({ deploymentId, sha256 }: LoadedBundle): string => `${deploymentId} ${sha256}`

export const createInstallation = ({ limits, machine, start }: InstallationOptions): Installation => {
  const slots = new Map<string, Slot>()
  const closing = new AbortController()
  // One for each process and each running call, all of them removed again.
  setMaxListeners(0, closing.signal)
  const gate = createGate({
    places: limits.concurrentCalls,
    waiting: limits.waitingCalls,
    waitMs: limits.waitMs,
    overloaded: () => overloadedError(limits.waitMs),
  })

  const slotOf = (bundle: LoadedBundle): Slot => {
    const key = slotKey(bundle)
    const known = slots.get(key)
    if (known) return known
    for (const [old, slot] of slots) if (slot.state === 'empty') slots.delete(old)
    const slot = createSlot({ idleMs: limits.idleMs, start: (...args) => start(...args, closing.signal) })
    slots.set(key, slot)
    return slot
  }

  /** Runs a call that has its place. `onEnd` is told when the guest is done with it, which may be after the caller is. */
  const runInGuest = async (
    invocation: FunctionInvocation,
    ending: Ending,
    onLog: (log: FunctionLog) => void,
    onEnd: () => void,
  ): Promise<string | typeof STREAMED> => {
    const slot = slotOf(invocation)
    const release = () => {
      slot.release()
      onEnd()
    }
    slot.hold()
    let isRunning = false
    try {
      const guest = await unless(ending.signal, slot.acquire(invocation))
      for (const log of slot.takeLogs()) onLog(log)
      const call = guest.call({ ...invocation, args: Buffer.from(invocation.args), deadline: ending.deadline, onLog })
      isRunning = true
      ending.onDeadline((error) => call.expire(error))
      const onAbort = () => call.abort('The caller has gone.')
      ending.signal.addEventListener('abort', onAbort)
      const settle = () => {
        ending.signal.removeEventListener('abort', onAbort)
        release()
      }
      call.result.then(settle, settle)
      return await unless(ending.signal, call.result)
    } finally {
      if (!isRunning) release()
    }
  }

  /** First the places of the installation, so that its own queue keeps nobody else from the machine. */
  const enter = async (organizationId: string, signal: AbortSignal): Promise<() => void> => {
    const leaveInstallation = await gate.enter(signal)
    try {
      const leaveMachine = await machine.enter(organizationId, signal)
      return () => {
        leaveMachine()
        leaveInstallation()
      }
    } catch (error) {
      leaveInstallation()
      throw error
    }
  }

  return {
    async load(bundle) {
      await unless(closing.signal, slotOf(bundle).acquire(bundle))
    },
    async call(invocation, onLog) {
      const ending = createEnding(invocation, closing.signal)
      try {
        const leave = await enter(invocation.context.organizationId, ending.signal).catch((error: unknown) => {
          ending.dispose()
          throw error
        })
        return await runInGuest(invocation, ending, onLog, () => {
          ending.dispose()
          leave()
        })
      } catch (error) {
        throw ending.signal.aborted && !(error instanceof SoukError) ? aborted() : error
      }
    },
    close: (error) => closing.abort(error),
    get slots() {
      return [...slots.values()]
    },
    get isUnused() {
      return gate.size === 0 && [...slots.values()].every(({ state }) => state === 'empty')
    },
  }
}

interface Ending {
  /** Aborts when the caller is to be answered, with the reason. */
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** What to do at the deadline, before the caller is answered. */
  onDeadline(expire: (error: SoukError) => void): void
  dispose(): void
}

/** Joins what ends a call early: its deadline, its caller, and the end of the installation. */
const createEnding = ({ deadlineMs, signal }: FunctionInvocation, closing: AbortSignal): Ending => {
  // By hand what `AbortSignal.any` does: its weak references cost more than all the rest of a small call.
  const ending = new AbortController()
  const sources = signal ? [closing, signal] : [closing]
  const onAbort = ({ target }: Event) => ending.abort((target as AbortSignal).reason)
  for (const source of sources) {
    if (source.aborted) ending.abort(source.reason)
    source.addEventListener('abort', onAbort)
  }
  let expire: (error: SoukError) => void = () => {}
  const timer = setTimeout(() => {
    const error = timedOut(deadlineMs)
    expire(error)
    ending.abort(error)
  }, deadlineMs)
  return {
    signal: ending.signal,
    deadline: Date.now() + deadlineMs,
    onDeadline(action) {
      expire = action
    },
    dispose() {
      clearTimeout(timer)
      for (const source of sources) source.removeEventListener('abort', onAbort)
    },
  }
}

/** The promise, or the signal's reason if that comes first. */
const unless = <T>(signal: AbortSignal, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
