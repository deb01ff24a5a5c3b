import { Button } from 'react-aria-components'
import { createPortal } from 'react-dom'
import type { ToastsProps } from '../../registry/chrome'
import { CloseIcon } from '../icons'
import { ToneIcon } from '../tone-icon'
import { useMessages } from '../use-messages'
import { useThemeAttribute } from '../use-theme-attribute'

export const Toasts = ({ toasts, onDismiss }: ToastsProps) => {
  const messages = useMessages()
  const theme = useThemeAttribute()
  // It stays in the page while it is empty: a screen reader announces what comes into one it knows. It is no landmark, because a
  // product may have several: its own, and that of a screen.
  return createPortal(
    // data-react-aria-top-layer: a toast above a dialog can be dismissed without closing the dialog.
    <div
      role="log"
      className="souk-toasts"
      aria-label={messages.notifications}
      aria-live="polite"
      data-react-aria-top-layer
      {...theme}
    >
      {toasts.map((toast) => (
        <div key={toast.id} className="souk-toast" data-tone={toast.variant === 'error' ? 'danger' : toast.variant}>
          <ToneIcon tone={toast.variant === 'error' ? 'danger' : toast.variant} />
          <div className="souk-toast-body">
            <div className="souk-toast-title">{toast.title}</div>
            {toast.description ? <div className="souk-toast-description">{toast.description}</div> : null}
          </div>
          <Button className="souk-icon-button" aria-label={messages.dismiss} onPress={() => onDismiss(toast.id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </div>,
    document.body,
  )
}
