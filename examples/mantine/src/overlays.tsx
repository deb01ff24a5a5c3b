import * as M from '@mantine/core'
import { type Chrome, useAppTitle, useShown } from '@souk/host'
import type { PropsOf } from '@souk/host/components'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './actions'
import { Alert, Spinner } from './feedback'
import { TONES } from './scale'
import { useValue } from './use-value'

const SIZES = { small: 'sm', medium: 'md', large: 'xl' } as const

/** It stands over the page, so it says which app it is of: else an app could pass for the product. */
const ModalDialog: Chrome['Dialog'] = ({ title, size, appTitle, onClose, children }) => (
  <M.Modal
    opened
    onClose={onClose}
    size={SIZES[size]}
    title={
      <>
        <M.Text span fw={600}>
          {title}
        </M.Text>
        {appTitle ? (
          <M.Text span display="block" size="xs" c="dimmed">
            {appTitle}
          </M.Text>
        ) : null}
      </>
    }
    closeButtonProps={{ 'aria-label': 'Close' }}
  >
    {children}
  </M.Modal>
)

/** The control inside is pressed, by mouse or by keyboard: a button makes a click of the Enter key. */
const Trigger = ({ onPress, children }: { readonly onPress: () => void; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: see above.
  // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
  <span onClick={onPress}>{children}</span>
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
  const [isOpen, setOwn] = useValue(open, false)
  const appTitle = useAppTitle()
  const { anchor, isShown } = useShown()
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  return (
    <>
      {anchor}
      {trigger ? <Trigger onPress={() => change(true)}>{trigger}</Trigger> : null}
      {isOpen && isShown ? (
        <ModalDialog title={title} size={size} appTitle={appTitle} onClose={() => change(false)}>
          {children}
          {footer ? (
            <M.Group justify="flex-end" gap="xs" mt="lg">
              {footer}
            </M.Group>
          ) : null}
        </ModalDialog>
      ) : null}
    </>
  )
}

export const Popover = ({ label, open, onOpenChange, trigger, children }: PropsOf<'Popover'>) => {
  const [isOpen, setOwn] = useValue(open, false)
  const { anchor, isShown } = useShown()
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  return (
    <M.Popover
      opened={isOpen && isShown}
      onChange={change}
      // The roles would be those of the span around the control.
      withRoles={false}
      trapFocus
      returnFocus
      shadow="md"
      position="bottom-start"
    >
      <M.Popover.Target>
        <span>
          {anchor}
          <Trigger onPress={() => change(!isOpen)}>{trigger}</Trigger>
        </span>
      </M.Popover.Target>
      <M.Popover.Dropdown role="dialog" aria-label={label} tabIndex={-1}>
        {children}
      </M.Popover.Dropdown>
    </M.Popover>
  )
}

/** Mantine describes its target, which here is around the control: so the control is described as well. */
export const Tooltip = ({ content, children }: PropsOf<'Tooltip'>) => {
  const id = useId()
  const around = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    around.current?.querySelector('button, a, input, [tabindex]')?.setAttribute('aria-describedby', id)
  })
  return (
    <M.Tooltip label={content} events={{ hover: true, focus: true, touch: true }} multiline maw={320}>
      <span ref={around}>
        {children}
        <M.VisuallyHidden id={id}>{content}</M.VisuallyHidden>
      </span>
    </M.Tooltip>
  )
}

const TOAST_TONES = { info: TONES.info, success: TONES.success, warning: TONES.warning, error: TONES.danger } as const

export const chrome: Chrome = {
  Dialog: ModalDialog,
  ConfirmDialog: ({ title, appTitle, description, confirmLabel, destructive, onAnswer }) => (
    <ModalDialog title={title} size="small" appTitle={appTitle} onClose={() => onAnswer(false)}>
      {description ? <M.Text size="sm">{description}</M.Text> : null}
      <M.Group justify="flex-end" gap="xs" mt="lg">
        <Button onPress={() => onAnswer(false)}>Cancel</Button>
        <Button variant={destructive ? 'danger' : 'primary'} onPress={() => onAnswer(true)}>
          {confirmLabel}
        </Button>
      </M.Group>
    </ModalDialog>
  ),
  Toasts: ({ toasts, onDismiss }) => (
    <M.Affix position={{ bottom: 20, right: 20 }}>
      <M.Stack gap="xs" role="log" aria-label="Notifications">
        {toasts.map(({ id, title, description, variant }) => (
          <M.Notification
            key={id}
            title={title}
            color={TOAST_TONES[variant]}
            closeButtonProps={{ 'aria-label': 'Dismiss' }}
            onClose={() => onDismiss(id)}
          >
            {description}
          </M.Notification>
        ))}
      </M.Stack>
    </M.Affix>
  ),
  Notice: ({ title, message, code, traceId, onRetry }) => (
    <Alert tone="danger" title={title} {...(onRetry ? { actions: <Button onPress={onRetry}>Try again</Button> } : {})}>
      <M.Text size="sm">{message}</M.Text>
      <M.Text size="xs" c="dimmed" mt={4}>
        {code} {traceId}
      </M.Text>
    </Alert>
  ),
  Placeholder: ({ label }) => <Spinner label={`${label}…`} />,
  WidgetFrame: ({ title, appTitle, avatarUrl, children }) => (
    <M.Card component="section" aria-label={title} withBorder padding="md">
      <M.Group gap="xs" mb="sm">
        <M.Avatar
          size="sm"
          radius="sm"
          alt=""
          name={appTitle}
          color="blue"
          aria-hidden="true"
          {...(avatarUrl ? { src: avatarUrl } : {})}
        />
        <div>
          <M.Title order={3} size="h6">
            {title}
          </M.Title>
          <M.Text size="xs" c="dimmed">
            {appTitle}
          </M.Text>
        </div>
      </M.Group>
      {children}
    </M.Card>
  ),
}
