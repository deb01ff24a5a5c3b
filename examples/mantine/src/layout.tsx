import * as M from '@mantine/core'
import type { PropsOf } from '@souk/host/components'
import { createContext, useContext, useLayoutEffect } from 'react'
import { ALIGNS, GAPS, HEIGHTS } from './scale'
import { useValue } from './use-value'

export const Stack = ({ gap = 'medium', align = 'stretch', children, methodsRef }: PropsOf<'Stack'>) => (
  <M.Stack ref={methodsRef} gap={GAPS[gap]} align={ALIGNS[align]}>
    {children}
  </M.Stack>
)

const JUSTIFY = { start: 'flex-start', center: 'center', end: 'flex-end', between: 'space-between' } as const

export const Inline = ({
  gap = 'small',
  align = 'center',
  justify = 'start',
  children,
  methodsRef,
}: PropsOf<'Inline'>) => (
  <M.Group
    ref={methodsRef}
    gap={GAPS[gap]}
    align={align === 'baseline' ? 'baseline' : ALIGNS[align]}
    justify={JUSTIFY[justify]}
  >
    {children}
  </M.Group>
)

export const Grid = ({ columns = 2, gap = 'medium', children, methodsRef }: PropsOf<'Grid'>) => (
  // By the room of the place, not of the window: a widget may stand in a side panel.
  <M.SimpleGrid
    ref={methodsRef}
    type="container"
    cols={{ base: 1, '360px': Math.min(2, columns), '640px': columns }}
    spacing={GAPS[gap]}
  >
    {children}
  </M.SimpleGrid>
)

const SURFACES = {
  none: undefined,
  sunken: 'light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-8))',
  raised: 'var(--mantine-color-default)',
} as const

export const Box = ({ padding = 'none', surface = 'none', border = false, children, methodsRef }: PropsOf<'Box'>) => (
  <M.Paper
    ref={methodsRef}
    p={GAPS[padding]}
    withBorder={border}
    shadow={surface === 'raised' ? 'sm' : ''}
    bg={SURFACES[surface] ?? 'transparent'}
  >
    {children}
  </M.Paper>
)

export const ScrollArea = ({ label, height = 'medium', children, methodsRef }: PropsOf<'ScrollArea'>) => (
  <M.ScrollArea.Autosize
    ref={methodsRef}
    mah={HEIGHTS[height]}
    type="auto"
    // Focusable, so that a keyboard can scroll it.
    viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
  >
    {children}
  </M.ScrollArea.Autosize>
)

const Heads = ({ title, description, actions, order }: PropsOf<'Card'> & { readonly order: 2 | 3 }) =>
  title || description || actions ? (
    <M.Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        {title ? (
          <M.Title order={order} size="h5">
            {title}
          </M.Title>
        ) : null}
        {description ? (
          <M.Text size="sm" c="dimmed">
            {description}
          </M.Text>
        ) : null}
      </div>
      {actions ? <M.Group gap="xs">{actions}</M.Group> : null}
    </M.Group>
  ) : null

export const Section = ({ children, methodsRef, ...heads }: PropsOf<'Section'>) => (
  <M.Stack ref={methodsRef} component="section" gap="sm">
    <Heads {...heads} order={2} />
    {children}
  </M.Stack>
)

export const Card = ({ children, footer, methodsRef, ...heads }: PropsOf<'Card'>) => (
  <M.Card ref={methodsRef} component="article" withBorder padding="md">
    <M.Stack gap="sm">
      <Heads {...heads} order={3} />
      {children}
      {footer ? <M.Group gap="xs">{footer}</M.Group> : null}
    </M.Stack>
  </M.Card>
)

export const CardHeader = ({ actions, children, methodsRef }: PropsOf<'CardHeader'>) => (
  <M.Group ref={methodsRef} justify="space-between" align="flex-start" wrap="nowrap">
    <div>{children}</div>
    {actions}
  </M.Group>
)

export const CardTitle = ({ children, methodsRef }: PropsOf<'CardTitle'>) => (
  <M.Title ref={methodsRef} order={3} size="h5">
    {children}
  </M.Title>
)

export const CardDescription = ({ children, methodsRef }: PropsOf<'CardDescription'>) => (
  <M.Text ref={methodsRef} size="sm" c="dimmed">
    {children}
  </M.Text>
)

export const CardContent = ({ children, methodsRef }: PropsOf<'CardContent'>) => <div ref={methodsRef}>{children}</div>

export const CardFooter = ({ children, methodsRef }: PropsOf<'CardFooter'>) => (
  <M.Group ref={methodsRef} gap="xs">
    {children}
  </M.Group>
)

export const Separator = ({ methodsRef }: PropsOf<'Separator'>) => <M.Divider ref={methodsRef} />

interface TabsState {
  /** Each Tab is drawn twice: as the tab in the list, and as what it shows. */
  readonly part: 'tab' | 'panel'
  /** The first one that can be chosen is, when nobody has chosen yet. */
  readonly offer: (id: string) => void
}

const TabsContext = createContext<TabsState>({ part: 'panel', offer: () => undefined })

export const Tabs = ({ label, value, orientation = 'horizontal', onChange, children, methodsRef }: PropsOf<'Tabs'>) => {
  // An empty value is one that nobody has chosen yet.
  const [chosen, setOwn] = useValue(value || undefined, '')
  const offer = (id: string) => setOwn((own) => own || id)
  return (
    <M.Tabs
      ref={methodsRef}
      orientation={orientation}
      value={chosen}
      onChange={(next) => {
        if (next === null) return
        setOwn(next)
        onChange?.(next)
      }}
    >
      <TabsContext value={{ part: 'tab', offer }}>
        <M.Tabs.List aria-label={label}>{children}</M.Tabs.List>
      </TabsContext>
      <TabsContext value={{ part: 'panel', offer }}>{children}</TabsContext>
    </M.Tabs>
  )
}

export const Tab = ({ id, label, disabled = false, children }: PropsOf<'Tab'>) => {
  const { part, offer } = useContext(TabsContext)
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered once; later ones have no claim.
  useLayoutEffect(() => {
    if (part === 'tab' && !disabled) offer(id)
  }, [])
  return part === 'tab' ? (
    <M.Tabs.Tab value={id} disabled={disabled}>
      {label}
    </M.Tabs.Tab>
  ) : (
    <M.Tabs.Panel value={id} p="sm">
      {children}
    </M.Tabs.Panel>
  )
}

export const Accordion = ({ children, methodsRef }: PropsOf<'Accordion'>) => (
  // Each item keeps by itself whether it is open: the contract lets an extension open each of them.
  <M.Stack ref={methodsRef} gap={0}>
    {children}
  </M.Stack>
)

export const AccordionItem = ({
  title,
  expanded,
  disabled = false,
  onExpandedChange,
  children,
  methodsRef,
}: PropsOf<'AccordionItem'>) => {
  const [isOpen, setOwn] = useValue(expanded, false)
  return (
    <M.Accordion
      ref={methodsRef}
      value={isOpen ? 'open' : null}
      onChange={(next) => {
        setOwn(next === 'open')
        onExpandedChange?.(next === 'open')
      }}
    >
      <M.Accordion.Item value="open">
        <M.Accordion.Control disabled={disabled}>{title}</M.Accordion.Control>
        <M.Accordion.Panel>{children}</M.Accordion.Panel>
      </M.Accordion.Item>
    </M.Accordion>
  )
}
