import { type StandardContract, standardContract } from '@souk/extension-sdk/protocol'
import type { ComponentType, ReactNode } from 'react'
import type { Chrome } from '../registry/chrome'
import { createRegistry, type RegistryComponents } from '../registry/create-registry'

type AnyProps = Readonly<Record<string, unknown>> & { readonly children?: ReactNode }

const plain =
  (name: string): ComponentType<AnyProps> =>
  ({ children, ...props }) => (
    <div data-component={name} data-props={Object.keys(props).sort().join(' ')}>
      {children}
    </div>
  )

const names = Object.keys(standardContract.components)

const own: Partial<RegistryComponents<StandardContract>> = {
  Text: ({ children }) => <span>{children}</span>,
  Button: ({ label, children, disabled, onPress }) => (
    <button type="button" disabled={disabled ?? false} onClick={(event) => (onPress as (e: unknown) => void)?.(event)}>
      {label ?? children}
    </button>
  ),
  Input: ({ label, value, error, onChange }) => (
    <label>
      {label}
      <input
        value={value ?? ''}
        aria-invalid={error !== undefined}
        onChange={(event) => onChange?.(event.target.value)}
      />
    </label>
  ),
  Select: ({ label, options = [] }) => (
    <select aria-label={label}>
      {options.map((option) => (
        <option key={option.value}>{option.label}</option>
      ))}
    </select>
  ),
  Card: ({ title, actions, children }) => (
    <section aria-label={title}>
      <header>{actions}</header>
      {children}
    </section>
  ),
  Code: () => {
    throw new Error('this component is broken')
  },
}

export const testChrome: Chrome = {
  Dialog: ({ title, onClose, children }) => (
    <div role="dialog" aria-label={title}>
      <button type="button" onClick={onClose}>
        Close
      </button>
      {children}
    </div>
  ),
  ConfirmDialog: ({ title, confirmLabel, onAnswer }) => (
    <div role="alertdialog" aria-label={title}>
      <button type="button" onClick={() => onAnswer(true)}>
        {confirmLabel}
      </button>
      <button type="button" onClick={() => onAnswer(false)}>
        Cancel
      </button>
    </div>
  ),
  Toasts: ({ toasts, onDismiss }) => (
    <ul aria-label="Toasts">
      {toasts.map((toast) => (
        <li key={toast.id}>
          {toast.title}
          <button type="button" onClick={() => onDismiss(toast.id)}>
            Dismiss
          </button>
        </li>
      ))}
    </ul>
  ),
  Notice: ({ title, message, code, traceId, onRetry }) => (
    <div role="alert" data-code={code} data-trace-id={traceId}>
      {title}: {message}
      {onRetry ? (
        <button type="button" onClick={onRetry}>
          Retry
        </button>
      ) : null}
    </div>
  ),
  Placeholder: ({ label }) => <div role="status">{label}</div>,
  WidgetFrame: ({ title, appTitle, children }) => <article aria-label={`${title} by ${appTitle}`}>{children}</article>,
}

/** Every standard component as a bare element that says which props it got. */
export const testRegistry = createRegistry({
  contract: standardContract,
  // Each is replaced by a component that takes any props.
  components: {
    ...Object.fromEntries(names.map((name) => [name, plain(name)])),
    ...own,
  } as unknown as RegistryComponents<StandardContract>,
  chrome: testChrome,
})
