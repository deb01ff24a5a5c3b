import type { Chrome } from '../registry/chrome'
import { ConfirmDialog } from './chrome/confirm-dialog'
import { Dialog } from './chrome/dialog'
import { Notice } from './chrome/notice'
import { Placeholder } from './chrome/placeholder'
import { Toasts } from './chrome/toasts'
import { WidgetFrame } from './chrome/widget-frame'

/** Souk's own dialogs, toasts, notices and frames around extensions. */
export const standardChrome = {
  Dialog,
  ConfirmDialog,
  Toasts,
  Notice,
  Placeholder,
  WidgetFrame,
} as const satisfies Chrome
