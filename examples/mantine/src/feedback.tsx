import * as M from '@mantine/core'
import type { PropsOf } from '@souk/host/components'
import { Glyph } from './glyph'
import { TONES } from './scale'

const ROLES = { danger: 'alert', warning: 'alert', neutral: 'status', info: 'status', success: 'status' } as const
const ICONS = { danger: 'alert', warning: 'warning', neutral: 'info', info: 'info', success: 'check' } as const

export const Alert = ({ tone = 'neutral', title, actions, children, methodsRef }: PropsOf<'Alert'>) => (
  <M.Alert ref={methodsRef} role={ROLES[tone]} color={TONES[tone]} title={title} icon={<Glyph name={ICONS[tone]} />}>
    {children}
    {actions ? (
      <M.Group gap="xs" mt="sm">
        {actions}
      </M.Group>
    ) : null}
  </M.Alert>
)

export const Banner = ({ tone = 'info', title, onDismiss, actions, children, methodsRef }: PropsOf<'Banner'>) => (
  <M.Alert
    ref={methodsRef}
    role={ROLES[tone]}
    color={TONES[tone]}
    title={title}
    icon={<Glyph name={ICONS[tone]} />}
    radius={0}
    withCloseButton={onDismiss !== undefined}
    closeButtonLabel="Dismiss"
    onClose={() => void onDismiss?.()}
  >
    {children}
    {actions ? (
      <M.Group gap="xs" mt="sm">
        {actions}
      </M.Group>
    ) : null}
  </M.Alert>
)

export const Spinner = ({ label = 'Loading', methodsRef }: PropsOf<'Spinner'>) => (
  <M.Group ref={methodsRef} gap="xs" role="status">
    <M.Loader size="sm" aria-hidden="true" />
    <M.Text span size="sm">
      {label}
    </M.Text>
  </M.Group>
)

export const Skeleton = ({ lines = 1, methodsRef }: PropsOf<'Skeleton'>) => (
  <M.Stack ref={methodsRef} gap="xs" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
      <M.Skeleton key={line} h={12} w={line === lines - 1 && lines > 1 ? '70%' : '100%'} />
    ))}
  </M.Stack>
)

export const Progress = ({ label, value, methodsRef }: PropsOf<'Progress'>) => (
  <M.Stack ref={methodsRef} gap={4}>
    <M.Group justify="space-between">
      <M.Text size="sm">{label}</M.Text>
      {value === undefined ? null : (
        <M.Text size="sm" c="dimmed">
          {Math.round(value)} %
        </M.Text>
      )}
    </M.Group>
    {/* Without a value, nobody knows how far it is: the whole bar moves. */}
    <M.Progress.Root>
      <M.Progress.Section
        value={value ?? 100}
        striped={value === undefined}
        animated={value === undefined}
        aria-label={label}
        {...(value === undefined ? { 'aria-valuenow': undefined, 'aria-valuetext': label } : {})}
      />
    </M.Progress.Root>
  </M.Stack>
)

export const EmptyState = ({ title, description, actions, children, methodsRef }: PropsOf<'EmptyState'>) => (
  <M.Stack ref={methodsRef} align="center" gap="xs" p="xl" ta="center">
    <M.ThemeIcon variant="light" color="gray" size="xl" radius="xl" aria-hidden="true">
      <Glyph name="folder" />
    </M.ThemeIcon>
    <M.Text fw={600}>{title}</M.Text>
    {description ? (
      <M.Text size="sm" c="dimmed">
        {description}
      </M.Text>
    ) : null}
    {children}
    {actions ? <M.Group gap="xs">{actions}</M.Group> : null}
  </M.Stack>
)
