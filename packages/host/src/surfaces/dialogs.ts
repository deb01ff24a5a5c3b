import { createId } from '../create-id'
import type { ExtensionServices } from '../frame/extension-connection'
import { HostError } from '../host-error'
import type { TreeStore } from '../tree/tree-store'
import type { Overlays } from './overlays'
import type { PauseState } from './pausable-root'

export interface DialogsOptions {
  readonly appTitle: string
  readonly pause: PauseState
  readonly overlays: Overlays
  readonly hold: () => () => void
  readonly openRoot: (rootId: string) => TreeStore
  /** The user closed it: the extension has to be told. */
  readonly closeRoot: (rootId: string) => void
  /** The extension closed it, and knows. */
  readonly forgetRoot: (rootId: string) => void
}

export interface Dialogs {
  readonly open: ExtensionServices['open-dialog']
  readonly close: ExtensionServices['close-dialog']
  dispose(): void
}

const MAX_DIALOGS = 5

/** The dialogs of one extension. Each is a root of its own, drawn in the product's dialog. */
export const createDialogs = (options: DialogsOptions): Dialogs => {
  const { appTitle, pause, overlays, hold, openRoot, closeRoot, forgetRoot } = options
  const open = new Map<string, { remove(): void }>()

  const end = (dialogId: string) => {
    open.get(dialogId)?.remove()
    open.delete(dialogId)
  }

  return {
    // Synchronous up to its end, so that the root is there before the first batch that may follow on the same port.
    async open({ dialogId, title, size }) {
      if (open.has(dialogId))
        throw new HostError('CONFLICT', `The dialog ${dialogId} is open already. Give each dialog an id of its own.`)
      if (open.size >= MAX_DIALOGS)
        throw new HostError('LIMIT_EXCEEDED', `${MAX_DIALOGS} dialogs are open. Close one before you open the next.`)
      const rootId = `dialog:${dialogId}`
      const store = openRoot(rootId)
      const release = hold()
      const onClose = () => {
        closeRoot(rootId)
        end(dialogId)
      }
      const takeAway = overlays.addDialog({ key: createId(), title, size, appTitle, store, pause, onClose })
      open.set(dialogId, {
        remove() {
          takeAway()
          store.dispose()
          release()
        },
      })
      return null
    },
    async close({ dialogId }) {
      forgetRoot(`dialog:${dialogId}`)
      end(dialogId)
      return null
    },
    dispose() {
      for (const dialogId of [...open.keys()]) end(dialogId)
    },
  }
}
