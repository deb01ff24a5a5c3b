import { AsyncLocalStorage } from 'node:async_hooks'
import type { LazyAbort } from '../create-lazy-abort'
import type { FunctionContext } from '../function-runtime'
import type { PartCredit } from '../part-window'

/** One call, or the evaluation of the bundle, which has no context. */
export interface RunningCall {
  readonly id: number
  readonly context?: FunctionContext
  /** Milliseconds since the epoch. */
  readonly deadline: number
  readonly ending: LazyAbort
  /** Absent: the result may not be streamed. */
  readonly credit?: PartCredit
  loggedBytes: number
  ended: boolean
}

/** Knows whose code runs, across `await`. Code that outlives its call still belongs to it, and finds its signal aborted. */
export const createCallStorage = () => {
  const storage = new AsyncLocalStorage<RunningCall>()
  return {
    run: <T>(call: RunningCall, code: () => T): T => storage.run(call, code),
    current: (): RunningCall | undefined => storage.getStore(),
  }
}

export type CallStorage = ReturnType<typeof createCallStorage>
