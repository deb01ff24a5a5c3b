import * as M from '@mantine/core'
import type { PropsOf } from '@souk/host/components'
import { Glyph } from './glyph'
import { BUTTON_VARIANTS } from './scale'

const SIZES = { small: 'xs', medium: 'sm' } as const

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
}: PropsOf<'Button'>) => (
  <M.Button
    ref={methodsRef}
    {...BUTTON_VARIANTS[variant]}
    size={SIZES[size]}
    // A button that is busy keeps the focus, and does nothing.
    type={loading ? 'button' : type}
    disabled={disabled}
    aria-busy={loading || undefined}
    leftSection={loading ? <M.Loader size="1em" color="currentColor" /> : null}
    {...(label && children ? { 'aria-label': label } : {})}
    onClick={() => {
      if (!loading) onPress?.()
    }}
  >
    {children ?? label}
  </M.Button>
)

export const FormSubmit = ({
  label,
  loadingText,
  loading = false,
  disabled = false,
  variant = 'primary',
  children,
  methodsRef,
}: PropsOf<'FormSubmit'>) => (
  <Button type="submit" variant={variant} loading={loading} disabled={disabled} {...(methodsRef ? { methodsRef } : {})}>
    {loading && loadingText ? loadingText : (children ?? label ?? 'Save')}
  </Button>
)

const ICON_VARIANTS = {
  secondary: { variant: 'default' },
  quiet: { variant: 'subtle', color: 'gray' },
  danger: { variant: 'light', color: 'red' },
} as const

export const IconButton = ({
  label,
  icon,
  variant = 'secondary',
  size = 'medium',
  disabled = false,
  onPress,
  methodsRef,
}: PropsOf<'IconButton'>) => (
  <M.Tooltip label={label} events={{ hover: true, focus: true, touch: false }}>
    <M.ActionIcon
      ref={methodsRef}
      {...ICON_VARIANTS[variant]}
      size={size === 'small' ? 'md' : 'lg'}
      aria-label={label}
      disabled={disabled}
      onClick={() => onPress?.()}
    >
      <Glyph name={icon} />
    </M.ActionIcon>
  </M.Tooltip>
)

export const ButtonGroup = ({ label, children, methodsRef }: PropsOf<'ButtonGroup'>) => (
  <M.Group ref={methodsRef} gap="xs" role="group" {...(label ? { 'aria-label': label } : {})}>
    {children}
  </M.Group>
)

export const Menu = ({
  label,
  icon,
  variant = 'secondary',
  disabled = false,
  children,
  methodsRef,
}: PropsOf<'Menu'>) => (
  <M.Menu position="bottom-start" withinPortal>
    <M.Menu.Target>
      <M.Button
        ref={methodsRef}
        {...BUTTON_VARIANTS[variant]}
        disabled={disabled}
        leftSection={icon ? <Glyph name={icon} /> : null}
        rightSection={<span aria-hidden="true">▾</span>}
      >
        {label}
      </M.Button>
    </M.Menu.Target>
    <M.Menu.Dropdown>{children}</M.Menu.Dropdown>
  </M.Menu>
)

export const MenuItem = ({
  label,
  description,
  icon,
  tone = 'default',
  disabled = false,
  onPress,
  children,
}: PropsOf<'MenuItem'>) => (
  <M.Menu.Item
    disabled={disabled}
    leftSection={icon ? <Glyph name={icon} /> : null}
    {...(tone === 'danger' ? { color: 'red' } : {})}
    onClick={() => onPress?.()}
  >
    {children ?? label}
    {description ? (
      <M.Text size="xs" c="dimmed">
        {description}
      </M.Text>
    ) : null}
  </M.Menu.Item>
)
