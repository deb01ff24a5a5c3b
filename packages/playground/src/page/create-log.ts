import { isRecord, isString } from '@souk/extension-sdk/protocol'
import type { TrafficEntry } from '@souk/host/devtools'
import type { FunctionReport } from '../../../extension-sdk/src/cli/dev/playground'

export interface LogEntry {
  readonly id: number
  readonly at: Date
  /** Where it came from: `client`, `server`, `host` or `build`. */
  readonly from: string
  readonly level: string
  readonly message: string
}

const KEPT = 500

/** What the extension, its server functions and the host said. */
export const createLog = () => {
  let entries: readonly LogEntry[] = []
  let nextId = 1
  const listeners = new Set<() => void>()
  const set = (next: readonly LogEntry[]) => {
    entries = next
    for (const listener of [...listeners]) listener()
  }
  const add = (from: string, level: string, message: string) =>
    set([...entries.slice(1 - KEPT), { id: nextId++, at: new Date(), from, level, message }])

  return {
    get: () => entries,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: () => set([]),
    add,
    addFunction({ functionId, durationMs, error, logs }: FunctionReport) {
      for (const { level, message } of logs) add('server', level, message)
      const took = `${Math.round(durationMs)} ms`
      if (error) add('server', 'error', `${functionId} failed after ${took}: ${error.code} ${error.message}`)
      else add('server', 'info', `${functionId} answered in ${took}`)
    },
    /** What the extension wrote to its console, or threw, comes over the bridge. */
    addFromBridge({ direction, kind, type, message }: TrafficEntry) {
      const payload = isRecord(message) ? message.payload : undefined
      if (direction !== 'to-product' || kind !== 'notice' || !isRecord(payload) || !isString(payload.message)) return
      if (type === 'log') add('client', isString(payload.level) ? payload.level : 'info', payload.message)
      if (type === 'error' || type === 'stopped') add('client', 'error', payload.message)
    },
  }
}

export type Log = ReturnType<typeof createLog>
