import type { DialogSize, ExtensionRequests } from '@souk/extension-sdk/protocol'
import { createId } from '../create-id'
import { createValue, type Value } from '../create-value'
import type { Toast } from '../registry/chrome'
import type { TreeStore } from '../tree/tree-store'
import type { PauseState } from './pausable-root'

export interface OpenDialog {
  readonly key: string
  readonly title: string
  readonly size: DialogSize
  readonly appTitle: string
  readonly store: TreeStore
  readonly pause: PauseState
  readonly onClose: () => void
}

export interface OpenConfirm {
  readonly key: string
  readonly request: ExtensionRequests['confirm']['payload']
  readonly appTitle: string
  readonly answer: (confirmed: boolean) => void
}

export interface OverlayState {
  readonly dialogs: readonly OpenDialog[]
  /** The first is shown, the others wait. */
  readonly confirms: readonly OpenConfirm[]
  readonly toasts: readonly Toast[]
}

/** What stands over the page: dialogs, questions and toasts of all extensions. */
export interface Overlays extends Pick<Value<OverlayState>, 'get' | 'subscribe'> {
  /** Returns what takes it away. */
  addDialog(dialog: OpenDialog): () => void
  confirm(request: OpenConfirm['request'], appTitle: string, signal: AbortSignal): Promise<boolean>
  addToast(toast: Omit<Toast, 'id'>): void
  dismissToast(id: string): void
  dispose(): void
}

const TOAST_MS = 6_000
const MAX_TOASTS = 4

const EMPTY: OverlayState = { dialogs: [], confirms: [], toasts: [] }

export const createOverlays = (): Overlays => {
  const state = createValue(EMPTY)
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const change = (changes: Partial<OverlayState>) => state.set({ ...state.get(), ...changes })

  const dismissToast = (id: string) => {
    clearTimeout(timers.get(id))
    timers.delete(id)
    change({ toasts: state.get().toasts.filter((toast) => toast.id !== id) })
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    dismissToast,
    addDialog(dialog) {
      change({ dialogs: [...state.get().dialogs, dialog] })
      return () => change({ dialogs: state.get().dialogs.filter(({ key }) => key !== dialog.key) })
    },
    confirm: (request, appTitle, signal) =>
      new Promise((resolve) => {
        const key = createId()
        const answer = (confirmed: boolean) => {
          signal.removeEventListener('abort', refuse)
          change({ confirms: state.get().confirms.filter((confirm) => confirm.key !== key) })
          resolve(confirmed)
        }
        const refuse = () => answer(false)
        signal.addEventListener('abort', refuse)
        change({ confirms: [...state.get().confirms, { key, request, appTitle, answer }] })
      }),
    addToast(toast) {
      const id = createId()
      const kept = state.get().toasts
      for (const old of kept.slice(0, Math.max(0, kept.length + 1 - MAX_TOASTS))) dismissToast(old.id)
      change({ toasts: [...state.get().toasts, { ...toast, id }] })
      timers.set(
        id,
        setTimeout(() => dismissToast(id), TOAST_MS),
      )
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      for (const { answer } of [...state.get().confirms]) answer(false)
      state.set(EMPTY)
    },
  }
}
