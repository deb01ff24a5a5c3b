import type { ComponentType } from 'react'
import type { DialogSize } from '../protocol/messages'
import { type DialogHandle, type DialogProps, getClientRuntime } from './client-runtime'

export interface ShowDialogOptions {
  readonly title: string
  /** Default `medium`. */
  readonly size?: DialogSize
  /** What the dialog shows. It is given `close`. */
  readonly Dialog: ComponentType<DialogProps>
}

/** A component that `showDialog` can show. */
export type DialogComponent = ComponentType<DialogProps>

/**
 * Opens a dialog of the product around a component of the extension.
 *
 * @returns When it is open; `closed` of the handle resolves when it is gone.
 */
export const showDialog = ({ title, size = 'medium', Dialog }: ShowDialogOptions): Promise<DialogHandle> =>
  getClientRuntime('showDialog').openDialog({ title, size, Dialog })

/** Closes the dialog that was opened last. Nothing happens when none is open. */
export const closeDialog = (): Promise<void> => getClientRuntime('closeDialog').closeDialog()

export interface ConfirmOptions {
  readonly title: string
  readonly description?: string
  /** What the confirming button says. The product has a default. */
  readonly confirmLabel?: string
  /** The action cannot be undone; the product shows so. */
  readonly destructive?: boolean
  /** Takes the question away; the promise ends in `ABORTED`. */
  readonly signal?: AbortSignal
}

/** Asks the user, and waits for the answer as long as it takes. */
export const confirm = ({ signal, ...question }: ConfirmOptions): Promise<boolean> =>
  getClientRuntime('confirm').request('confirm', question, { signal })
