import type { DialogSize, ToastVariant } from '@souk/extension-sdk/protocol'
import type { ComponentType, ReactNode } from 'react'

export interface DialogProps {
  readonly title: string
  readonly size: DialogSize
  /** The extension that opened it. Show it, or an extension can pass for the product; absent when the product itself opened it. */
  readonly appTitle?: string | undefined
  /** The user closed it: Escape, the backdrop or the close button. */
  readonly onClose: () => void
  readonly children?: ReactNode
}

export interface ConfirmDialogProps {
  readonly title: string
  /** The extension that asks; absent when the product itself asks. */
  readonly appTitle?: string | undefined
  readonly description?: string | undefined
  readonly confirmLabel: string
  readonly destructive: boolean
  readonly onAnswer: (confirmed: boolean) => void
}

export interface Toast {
  readonly id: string
  readonly title: string
  readonly description?: string | undefined
  readonly variant: ToastVariant
}

export interface ToastsProps {
  readonly toasts: readonly Toast[]
  readonly onDismiss: (id: string) => void
}

export interface NoticeProps {
  readonly title: string
  readonly message: string
  /** Stable, for support and for tests. */
  readonly code: string
  readonly traceId?: string | undefined
  readonly onRetry?: (() => void) | undefined
}

export interface PlaceholderProps {
  readonly label: string
}

export interface WidgetFrameProps {
  readonly title: string
  readonly appTitle: string
  readonly avatarUrl: string | null
  readonly children?: ReactNode
}

/** What the host draws around extensions. A product replaces any of it with its own. */
export interface Chrome {
  readonly Dialog: ComponentType<DialogProps>
  readonly ConfirmDialog: ComponentType<ConfirmDialogProps>
  readonly Toasts: ComponentType<ToastsProps>
  readonly Notice: ComponentType<NoticeProps>
  readonly Placeholder: ComponentType<PlaceholderProps>
  readonly WidgetFrame: ComponentType<WidgetFrameProps>
}

export const CHROME_NAMES = [
  'Dialog',
  'ConfirmDialog',
  'Toasts',
  'Notice',
  'Placeholder',
  'WidgetFrame',
] as const satisfies readonly (keyof Chrome)[]
