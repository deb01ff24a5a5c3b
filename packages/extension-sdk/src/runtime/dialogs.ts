import { createElement } from 'react'
import type { ClientRuntime, DialogHandle } from '../client/client-runtime'
import type { Roots } from './roots'

const rootIdOf = (dialogId: string) => `dialog:${dialogId}`

export interface Dialogs {
  open: ClientRuntime['openDialog']
  close: ClientRuntime['closeDialog']
  /** The product closed the dialog with this root. Says whether there was one. */
  closedByProduct(rootId: string): boolean
}

/** Dialogs are roots of their own; the product draws the frame around them. */
export const createDialogs = (roots: Roots, request: ClientRuntime['request']): Dialogs => {
  /** By dialog id, in the order they were opened; the value settles `closed`. */
  const open = new Map<string, () => void>()

  const end = (dialogId: string): boolean => {
    const settle = open.get(dialogId)
    if (!settle) return false
    open.delete(dialogId)
    roots.close(rootIdOf(dialogId))
    settle()
    return true
  }

  const close = async (dialogId = [...open.keys()].at(-1)) => {
    if (dialogId !== undefined && end(dialogId)) await request('close-dialog', { dialogId })
  }

  return {
    async open({ title, size, Dialog }): Promise<DialogHandle> {
      const dialogId = crypto.randomUUID()
      await request('open-dialog', { dialogId, title, size })
      const closed = new Promise<void>((resolve) => open.set(dialogId, resolve))
      const handle: DialogHandle = { dialogId, close: () => close(dialogId), closed }
      try {
        roots.render(rootIdOf(dialogId), createElement(Dialog, { close: handle.close }))
      } catch (error) {
        await close(dialogId)
        throw error
      }
      return handle
    },
    close,
    closedByProduct(rootId) {
      const dialogId = [...open.keys()].find((id) => id === rootId || rootIdOf(id) === rootId)
      return dialogId !== undefined && end(dialogId)
    },
  }
}
