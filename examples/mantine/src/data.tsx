import * as M from '@mantine/core'
import { type PropsOf, standardComponents } from '@souk/host/components'
import { createContext, useContext, useMemo, useState } from 'react'
import { HEIGHTS, TONES } from './scale'
import { useValue } from './use-value'

export const List = ({ label, children, methodsRef }: PropsOf<'List'>) => (
  <M.Stack ref={methodsRef} component="ul" gap={0} m={0} p={0} aria-label={label} style={{ listStyle: 'none' }}>
    {children}
  </M.Stack>
)

export const ListItem = ({
  title,
  description,
  leading,
  trailing,
  onPress,
  children,
  methodsRef,
}: PropsOf<'ListItem'>) => (
  <M.Group ref={methodsRef} component="li" gap="sm" py="xs" wrap="nowrap">
    {leading}
    <div style={{ flex: 1, minWidth: 0 }}>
      {onPress ? (
        <M.Anchor component="button" type="button" ta="start" onClick={() => onPress()}>
          {title ?? description}
        </M.Anchor>
      ) : (
        <M.Text fw={500}>{title}</M.Text>
      )}
      {description && (title || !onPress) ? (
        <M.Text size="sm" c="dimmed">
          {description}
        </M.Text>
      ) : null}
      {children}
    </div>
    {trailing}
  </M.Group>
)

export const DescriptionList = ({ items, columns = '1', methodsRef }: PropsOf<'DescriptionList'>) => (
  <M.SimpleGrid ref={methodsRef} component="dl" m={0} type="container" cols={{ base: 1, '360px': Number(columns) }}>
    {items.map(({ label, value }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two items may be the same.
      <div key={index}>
        <M.Text component="dt" size="sm" c="dimmed">
          {label}
        </M.Text>
        <M.Text component="dd" m={0}>
          {value}
        </M.Text>
      </div>
    ))}
  </M.SimpleGrid>
)

export const Stat = ({ label, value, change, tone = 'neutral', methodsRef }: PropsOf<'Stat'>) => (
  <div ref={methodsRef}>
    <M.Text size="sm" c="dimmed">
      {label}
    </M.Text>
    <M.Group gap="xs" align="baseline">
      <M.Text fz={28} fw={700} lh={1.2}>
        {value}
      </M.Text>
      {change ? (
        <M.Badge color={TONES[tone]} variant="light" tt="none">
          {change}
        </M.Badge>
      ) : null}
    </M.Group>
  </div>
)

const ALIGNS = { start: 'start', center: 'center', end: 'end' } as const

type Columns = NonNullable<PropsOf<'Table'>['columns']>
type Rows = NonNullable<PropsOf<'Table'>['rows']>
type Sort = NonNullable<PropsOf<'Table'>['sort']>

/** Above as many rows, a table without a page size gets one: Mantine draws each row it is given. */
const ROWS_PER_PAGE = 100
const NO_ROWS: Rows = []
const NOTHING: readonly string[] = []

const sortRows = (rows: Rows, columns: Columns, sort: Sort | undefined): Rows => {
  const place = columns.findIndex(({ id }) => id === sort?.column)
  if (!sort || place < 0) return rows
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  const sign = sort.direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => sign * compare(a.cells[place] ?? '', b.cells[place] ?? ''))
}

const MARKS = { ascending: ' ↑', descending: ' ↓', none: ' ↕' } as const

const SortButton = ({
  direction,
  onPress,
  children,
}: {
  readonly direction: keyof typeof MARKS
  readonly onPress: () => void
  readonly children: React.ReactNode
}) => (
  <M.UnstyledButton fz="inherit" fw="inherit" onClick={onPress}>
    {children}
    <span aria-hidden="true">{MARKS[direction]}</span>
  </M.UnstyledButton>
)

const DataTable = ({
  label,
  columns,
  rows = NO_ROWS,
  sort,
  selection = 'none',
  selected,
  pageSize,
  height = 'auto',
  loading = false,
  emptyText,
  onSortChange,
  onSelectionChange,
  onRowPress,
  methodsRef,
}: PropsOf<'Table'> & { readonly columns: Columns }) => {
  const [ownSort, setOwnSort] = useState<Sort>()
  const [chosen, setOwn] = useValue(selected, NOTHING)
  const [page, setPage] = useState(1)
  const shownSort = ownSort ?? sort
  // An extension that listens sorts by itself, and only says how.
  const sorted = useMemo(
    () => (onSortChange ? rows : sortRows(rows, columns, shownSort)),
    [onSortChange, rows, columns, shownSort],
  )
  const size = pageSize ?? ROWS_PER_PAGE
  const pageCount = Math.max(1, Math.ceil(sorted.length / size))
  const current = Math.min(page, pageCount)
  const shown = sorted.slice((current - 1) * size, current * size)
  const choose = (ids: readonly string[]) => {
    setOwn(ids)
    onSelectionChange?.(ids)
  }
  const toggle = (id: string, isOn: boolean) => {
    if (selection === 'single') choose(isOn ? [id] : [])
    else choose(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))
  }
  const sortBy = (column: string) => {
    const direction = shownSort?.column === column && shownSort.direction === 'ascending' ? 'descending' : 'ascending'
    if (!onSortChange) setOwnSort({ column, direction })
    onSortChange?.(column, direction)
  }
  return (
    <M.Stack gap="xs">
      <M.ScrollArea.Autosize
        ref={methodsRef}
        {...(height === 'auto' ? {} : { mah: HEIGHTS[height] })}
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
      >
        <M.Table aria-label={label} aria-busy={loading || undefined} highlightOnHover={onRowPress !== undefined}>
          <M.Table.Thead>
            <M.Table.Tr>
              {selection === 'none' ? null : (
                <M.Table.Th w={40}>
                  <M.VisuallyHidden>Select</M.VisuallyHidden>
                </M.Table.Th>
              )}
              {columns.map(({ id, label: name, align = 'start', sortable = false, width }) => (
                <M.Table.Th
                  key={id}
                  scope="col"
                  ta={ALIGNS[align]}
                  {...(width === undefined ? {} : { w: width })}
                  {...(sortable
                    ? { 'aria-sort': shownSort?.column === id ? shownSort.direction : ('none' as const) }
                    : {})}
                >
                  {sortable ? (
                    <SortButton
                      direction={shownSort?.column === id ? shownSort.direction : 'none'}
                      onPress={() => sortBy(id)}
                    >
                      {name}
                    </SortButton>
                  ) : (
                    name
                  )}
                </M.Table.Th>
              ))}
            </M.Table.Tr>
          </M.Table.Thead>
          <M.Table.Tbody>
            {shown.map(({ id, cells }) => (
              <M.Table.Tr key={id} {...(selection === 'none' ? {} : { 'aria-selected': chosen.includes(id) })}>
                {selection === 'none' ? null : (
                  <M.Table.Td>
                    <M.Checkbox
                      size="xs"
                      aria-label={`Select ${cells[0] ?? id}`}
                      checked={chosen.includes(id)}
                      onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
                    />
                  </M.Table.Td>
                )}
                {columns.map((column, place) => (
                  <M.Table.Td key={column.id} ta={ALIGNS[column.align ?? 'start']}>
                    {place === 0 && onRowPress ? (
                      <M.Anchor component="button" type="button" size="sm" ta="start" onClick={() => onRowPress(id)}>
                        {cells[place]}
                      </M.Anchor>
                    ) : (
                      cells[place]
                    )}
                  </M.Table.Td>
                ))}
              </M.Table.Tr>
            ))}
            {shown.length === 0 ? (
              <M.Table.Tr>
                <M.Table.Td colSpan={columns.length + (selection === 'none' ? 0 : 1)} ta="center" c="dimmed">
                  {loading ? 'Loading…' : (emptyText ?? 'Nothing to show')}
                </M.Table.Td>
              </M.Table.Tr>
            ) : null}
          </M.Table.Tbody>
        </M.Table>
      </M.ScrollArea.Autosize>
      {pageCount > 1 ? (
        <Pagination
          label={`${label}, pages`}
          page={current}
          pageCount={pageCount}
          onChange={async (next) => setPage(next)}
        />
      ) : null}
    </M.Stack>
  )
}

/** Whether a row or cell is in the head: there, the head itself is the row. */
const HeadContext = createContext(false)

export const Table = ({ columns, children, methodsRef, ...props }: PropsOf<'Table'>) =>
  columns ? (
    <DataTable {...props} columns={columns} {...(methodsRef ? { methodsRef } : {})} />
  ) : (
    <M.ScrollArea.Autosize
      ref={methodsRef}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': props.label }}
    >
      <M.Table aria-label={props.label}>{children}</M.Table>
    </M.ScrollArea.Autosize>
  )

export const TableHead = ({ children, methodsRef }: PropsOf<'TableHead'>) => (
  <HeadContext value={true}>
    <M.Table.Thead ref={methodsRef}>
      <M.Table.Tr>{children}</M.Table.Tr>
    </M.Table.Thead>
  </HeadContext>
)

export const TableColumn = ({
  align = 'start',
  sort = 'none',
  onSort,
  children,
  methodsRef,
}: PropsOf<'TableColumn'>) => (
  <M.Table.Th
    ref={methodsRef}
    scope="col"
    ta={ALIGNS[align]}
    {...(onSort || sort !== 'none' ? { 'aria-sort': sort } : {})}
  >
    {onSort ? (
      <SortButton direction={sort} onPress={() => void onSort()}>
        {children}
      </SortButton>
    ) : (
      children
    )}
  </M.Table.Th>
)

export const TableBody = ({ children, methodsRef }: PropsOf<'TableBody'>) => (
  <M.Table.Tbody ref={methodsRef}>{children}</M.Table.Tbody>
)

export const TableRow = ({ selected = false, onPress, children, methodsRef }: PropsOf<'TableRow'>) => {
  if (useContext(HeadContext)) return children
  return (
    <M.Table.Tr
      ref={methodsRef}
      aria-selected={selected || undefined}
      {...(onPress
        ? {
            tabIndex: 0,
            style: { cursor: 'pointer' },
            onClick: () => void onPress(),
            onKeyDown: (event: React.KeyboardEvent) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) onPress()
            },
          }
        : {})}
    >
      {children}
    </M.Table.Tr>
  )
}

export const TableCell = ({ align = 'start', header = false, children, methodsRef }: PropsOf<'TableCell'>) => {
  const inHead = useContext(HeadContext)
  return inHead || header ? (
    <M.Table.Th ref={methodsRef} ta={ALIGNS[align]} scope={inHead ? 'col' : 'row'}>
      {children}
    </M.Table.Th>
  ) : (
    <M.Table.Td ref={methodsRef} ta={ALIGNS[align]}>
      {children}
    </M.Table.Td>
  )
}

export const Pagination = ({ label, page, pageCount, onChange, methodsRef }: PropsOf<'Pagination'>) => {
  const [current, setOwn] = useValue(page, 1)
  return (
    <nav ref={methodsRef} aria-label={label}>
      <M.Pagination
        total={pageCount}
        value={current}
        getControlProps={(control) => ({ 'aria-label': `Go to the ${control} page` })}
        getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
        onChange={(next) => {
          setOwn(next)
          onChange?.(next)
        }}
      />
    </nav>
  )
}

export const Timeline = ({ label, children, methodsRef }: PropsOf<'Timeline'>) => (
  // Mantine's own timeline numbers its children, which are opaque here: each item is a timeline of one.
  <M.Box ref={methodsRef} component="ol" m={0} p={0} aria-label={label} style={{ listStyle: 'none' }}>
    {children}
  </M.Box>
)

export const TimelineItem = ({ title, time, tone = 'info', children, methodsRef }: PropsOf<'TimelineItem'>) => (
  <li ref={methodsRef}>
    <M.Timeline active={0} bulletSize={14} lineWidth={2} color={TONES[tone]} mb="md">
      <M.Timeline.Item title={title}>
        {time ? (
          <M.Text size="xs" c="dimmed">
            {time}
          </M.Text>
        ) : null}
        {children}
      </M.Timeline.Item>
    </M.Timeline>
  </li>
)

export const Steps = ({ label, items, current, methodsRef }: PropsOf<'Steps'>) => (
  <M.Stepper
    ref={methodsRef}
    role="group"
    aria-label={label}
    active={current - 1}
    size="sm"
    allowNextStepsSelect={false}
  >
    {items.map((item, index) => (
      <M.Stepper.Step
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
        key={index}
        label={item.label}
        description={item.description}
        component="div"
        allowStepClick={false}
        {...(index + 1 === current ? { 'aria-current': 'step' as const } : {})}
      />
    ))}
  </M.Stepper>
)

/** The charts are the host's own, with their table of numbers; `styles.css` gives them Mantine's colours. */
export const { LineChart, BarChart } = standardComponents
