import { type Chrome, useAppTitle } from '@souk/host'
import type { PropsOf } from '@souk/host/components'
import { useState } from 'react'

/** A native modal dialog. It opens when it is put into the page, and Escape closes it. */
const ModalDialog: Chrome['Dialog'] = ({ title, appTitle, onClose, children }) => (
  <dialog
    ref={(element) => {
      // jsdom has no modal dialogs.
      if (element && !element.open) element.showModal ? element.showModal() : element.setAttribute('open', '')
    }}
    aria-label={title}
    onCancel={(event) => {
      event.preventDefault()
      onClose()
    }}
  >
    <h2>{title}</h2>
    {appTitle ? <p>{appTitle}</p> : null}
    <button type="button" onClick={onClose}>
      Close
    </button>
    {children}
  </dialog>
)

export const Menu = ({ label, children, methodsRef }: PropsOf<'Menu'>) => (
  <details ref={methodsRef}>
    <summary>{label}</summary>
    <ul>{children}</ul>
  </details>
)

export const MenuItem = ({ label, description, disabled, onPress, children }: PropsOf<'MenuItem'>) => (
  <li>
    <button type="button" disabled={disabled} onClick={() => onPress?.()}>
      {children ?? label}
    </button>{' '}
    {description}
  </li>
)

export const Tooltip = ({ content, children }: PropsOf<'Tooltip'>) => <span title={content}>{children}</span>

export const Popover = ({ label, open, trigger, children }: PropsOf<'Popover'>) => (
  <>
    {trigger}
    <details {...(open ? { open } : {})}>
      <summary>{label}</summary>
      {children}
    </details>
  </>
)

export const Dialog = ({
  title,
  size = 'medium',
  open,
  onOpenChange,
  trigger,
  footer,
  children,
}: PropsOf<'Dialog'>) => {
  const [own, setOwn] = useState(false)
  const appTitle = useAppTitle()
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the control inside is pressed, by mouse or by keyboard. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a button makes a click of the Enter key. */}
      {trigger ? <span onClick={() => change(true)}>{trigger}</span> : null}
      {(open ?? own) ? (
        <ModalDialog title={title} size={size} appTitle={appTitle} onClose={() => change(false)}>
          {children}
          {footer}
        </ModalDialog>
      ) : null}
    </>
  )
}

export const chrome: Chrome = {
  Dialog: ModalDialog,
  ConfirmDialog: ({ title, appTitle, description, confirmLabel, onAnswer }) => (
    <ModalDialog title={title} size="small" appTitle={appTitle} onClose={() => onAnswer(false)}>
      <p>{description}</p>
      <button type="button" onClick={() => onAnswer(true)}>
        {confirmLabel}
      </button>
    </ModalDialog>
  ),
  Toasts: ({ toasts, onDismiss }) => (
    <div role="log" aria-label="Notifications">
      {toasts.map(({ id, title, description }) => (
        <p key={id}>
          <strong>{title}</strong> {description}
          <button type="button" onClick={() => onDismiss(id)}>
            Dismiss
          </button>
        </p>
      ))}
    </div>
  ),
  Notice: ({ title, message, code, traceId, onRetry }) => (
    <div role="alert">
      <strong>{title}</strong>
      <p>{message}</p>
      <small>
        {code} {traceId}
      </small>
      {onRetry ? (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  ),
  Placeholder: ({ label }) => <p role="status">{label}…</p>,
  WidgetFrame: ({ title, appTitle, children }) => (
    <section aria-label={title}>
      <h3>{title}</h3>
      <small>{appTitle}</small>
      {children}
    </section>
  ),
}
