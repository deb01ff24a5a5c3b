import { Button as AriaButton } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Spinner } from './spinner'
import { useMessages } from './use-messages'

export const Button = ({
  label,
  variant = 'secondary',
  size = 'medium',
  type = 'button',
  disabled = false,
  loading = false,
  onPress,
  children,
  methodsRef,
}: PropsOf<'Button'>) => {
  const messages = useMessages()
  return (
    <AriaButton
      ref={methodsRef}
      className="souk-button"
      data-variant={variant}
      data-size={size}
      // A loading button keeps the focus and does nothing. React Aria's isPending would also announce an element by an
      // id that is often gone by then.
      type={loading ? 'button' : type}
      isDisabled={disabled}
      data-loading={loading || undefined}
      {...(label && children ? { 'aria-label': label } : {})}
      onPress={() => {
        if (!loading) onPress?.()
      }}
    >
      {loading ? <Spinner label={messages.loading} /> : null}
      <span className="souk-button-label">{children ?? label}</span>
    </AriaButton>
  )
}
