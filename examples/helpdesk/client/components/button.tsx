import type { ButtonHTMLAttributes, ReactNode } from 'react'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined
  readonly size?: 'small' | 'medium' | undefined
  readonly loading?: boolean | undefined
  readonly icon?: ReactNode
}

export const Button = ({
  variant = 'secondary',
  size = 'medium',
  loading = false,
  icon,
  children,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    className="fh-button"
    data-variant={variant}
    data-size={size}
    aria-busy={loading || undefined}
    // It stays focusable while it works, so that the keyboard does not lose its place.
    onClick={(event) => (loading ? event.preventDefault() : onClick?.(event))}
  >
    {loading ? <span className="fh-button-spinner" aria-hidden="true" /> : icon}
    {children}
  </button>
)
