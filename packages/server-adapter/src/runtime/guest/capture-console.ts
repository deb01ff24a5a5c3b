import { format } from 'node:util'
import type { FunctionLog } from '../function-runtime'
import { GUEST_BOUNDS, LOG_LINE_COST } from '../guest-messages'
import type { CallStorage, RunningCall } from './running-call'

const LEVELS = { debug: 'debug', trace: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const

export type SendLog = (id: number, log: FunctionLog) => void

/** Makes the function that logs for a call until its bytes are used up. */
export const createCallLog =
  (send: SendLog, logBytes: () => number) =>
  (call: RunningCall, level: FunctionLog['level'], text: string): void => {
    // The host has forgotten an ended call.
    if (call.ended) return
    const message = text.slice(0, GUEST_BOUNDS.logLength)
    const cost = new TextEncoder().encode(message).byteLength + LOG_LINE_COST
    if (call.loggedBytes + cost > logBytes()) {
      // No later, shorter line slips through: a log with holes in it misleads.
      call.loggedBytes = Number.POSITIVE_INFINITY
      return
    }
    call.loggedBytes += cost
    send(call.id, { level, message })
  }

export type CallLog = ReturnType<typeof createCallLog>

/** Sends what is written to the console to the call that wrote it. */
export const captureConsole = (calls: CallStorage, log: CallLog): void => {
  for (const [method, level] of Object.entries(LEVELS)) {
    const capture = (...args: unknown[]) => {
      const call = calls.current()
      if (call) log(call, level, format(...args))
    }
    Object.defineProperty(console, method, { value: capture, writable: true, configurable: true })
  }
}
