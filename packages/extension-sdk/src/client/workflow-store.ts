import { type ValuePath, writePath } from '../fields/value-path'
import type { PlainRecord } from '../protocol/messages'

interface State {
  readonly data: PlainRecord
  /** What the extension set and the user has not changed since. It is all that crosses to the panel. */
  readonly changes: PlainRecord
}

/** The values of one block while its panel is open. The product's panel owns them; this follows, and sets some. */
export interface WorkflowStore {
  state(): State
  subscribe(listener: () => void): () => void
  /** The user changed a value in the panel. */
  follow(path: ValuePath, value: unknown): void
  /** The extension sets fields. */
  update(changes: PlainRecord): void
}

export const createWorkflowStore = (data: PlainRecord = {}): WorkflowStore => {
  const listeners = new Set<() => void>()
  let state: State = { data, changes: {} }
  const set = (next: State) => {
    state = next
    for (const listener of [...listeners]) listener()
  }
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(path, value) {
      const { [String(path[0])]: _, ...changes } = state.changes
      const isSet = Object.hasOwn(state.changes, String(path[0]))
      // The panel tells what was set, too: then it is no change of the user.
      const isEcho = isSet && path.length === 1 && JSON.stringify(value) === JSON.stringify(_)
      set({
        data: writePath(state.data, path, value) as PlainRecord,
        changes: isSet && !isEcho ? changes : state.changes,
      })
    },
    update(given) {
      set({ data: { ...state.data, ...given }, changes: { ...state.changes, ...given } })
    },
  }
}
