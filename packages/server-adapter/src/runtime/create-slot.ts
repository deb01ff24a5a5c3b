import { SoukError } from '../souk-error'
import type { GuestProcess } from './create-guest-process'
import type { FunctionLog, LoadedBundle } from './function-runtime'

export interface SlotOptions {
  /** Gets a process and loads the bundle into it. */
  readonly start: (bundle: LoadedBundle, onLog: (log: FunctionLog) => void) => Promise<GuestProcess>
  readonly idleMs: number
}

/** The process of one bundle in one installation. It is started by the first call, ended when idle, and replaced when it fails. */
export interface Slot {
  acquire(bundle: LoadedBundle): Promise<GuestProcess>
  /** What the bundle logged while it was evaluated: for the call that comes first. */
  takeLogs(): FunctionLog[]
  /** Keeps the process until `release`, also while it is between calls. */
  hold(): void
  release(): void
  /** Ends the process if it is idle. */
  evict(): void
  /** `empty` has no process; `busy` has one that starts, is held, or runs calls. */
  readonly state: 'empty' | 'busy' | 'idle'
  readonly usedAt: number
}

export const createSlot = ({ start, idleMs }: SlotOptions): Slot => {
  let starting: Promise<GuestProcess> | undefined
  let guest: GuestProcess | undefined
  let logs: FunctionLog[] = []
  let idle: NodeJS.Timeout | undefined
  let holds = 0
  let usedAt = performance.now()

  const serving = (): GuestProcess | undefined => (guest?.isServing ? guest : undefined)

  const begin = async (bundle: LoadedBundle): Promise<GuestProcess> => {
    logs = []
    try {
      guest = await start(bundle, (log) => logs.push(log))
      return guest
    } finally {
      starting = undefined
      awaitIdleness()
    }
  }

  const awaitIdleness = (): void => {
    clearTimeout(idle)
    if (slot.state === 'idle') idle = setTimeout(slot.evict, idleMs).unref()
  }

  const slot: Slot = {
    acquire(bundle) {
      usedAt = performance.now()
      clearTimeout(idle)
      const current = serving()
      if (current) return Promise.resolve(current)
      // A turn later, so that whoever counts processes sees this one as busy already.
      starting ??= Promise.resolve().then(() => begin(bundle))
      return starting
    },
    takeLogs: () => logs.splice(0),
    hold() {
      holds++
    },
    release() {
      holds--
      awaitIdleness()
    },
    evict() {
      clearTimeout(idle)
      if (slot.state === 'idle') guest?.kill(new SoukError('CLOSED', 'The process was idle.'))
    },
    get state() {
      if (starting || holds > 0) return 'busy'
      const current = serving()
      if (!current) return 'empty'
      return current.running > 0 ? 'busy' : 'idle'
    },
    get usedAt() {
      return usedAt
    },
  }
  return slot
}
