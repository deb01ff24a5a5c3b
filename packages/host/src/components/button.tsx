import { Button as AriaButton } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Spinner } from './spinner'

export const Button = ({
  label,
  variant = 'secondary',
  size = 'medium',
  type = 'button',
  disabled = false,
  loading = false,
  onPress,
  children,
}: PropsOf<'Button'>) => (
  <AriaButton
    className="souk-button"
    data-variant={variant}
    data-size={size}
    type={type}
    isDisabled={disabled}
    isPending={loading}
    {...(label && children ? { 'aria-label': label } : {})}
    onPress={() => onPress?.()}
  >
    {loading ? <Spinner /> : null}
    <span className="souk-button-label">{children ?? label}</span>
  </AriaButton>
)
