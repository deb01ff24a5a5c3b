import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useCallback, useMemo, useRef, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { Checkbox } from './cell-checkbox'
import type { PropsOf } from './component-props'
import { Pagination } from './pagination'
import { SortMark } from './sort-mark'
import { type Column, type Row, type Sort, sortRows } from './sort-rows'
import { Spinner } from './spinner'
import { useMessages } from './use-messages'
import { useOwnValue } from './use-own-value'

/** In pixels: what a row is taken for until it has been measured. */
const ROW_HEIGHT = 40
/** In pixels. A table that has less room for its columns scrolls sideways. */
const LEAST_COLUMN_WIDTH = 112
const CHECK_COLUMN_WIDTH = 40
/** Without a height and with fewer rows than this, the table is as high as its rows. */
const FEW_ROWS = 100
const NOTHING: readonly string[] = []

type DataTableProps = Omit<PropsOf<'Table'>, 'columns' | 'rows' | 'children'> & {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

/** A table of data. However many rows it has, only those in sight are in the page. */
export const DataTable = ({
  label,
  columns,
  rows,
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
}: DataTableProps) => {
  const messages = useMessages()
  const { locale } = useLocale()
  const [ownSort, setOwnSort] = useState<Sort>()
  const [chosen, setOwn] = useOwnValue(selected, NOTHING)
  const [page, setPage] = useState(1)
  const shownSort = ownSort ?? sort
  // An extension that listens sorts by itself, and only says how.
  const sorted = useMemo(
    () => (onSortChange ? rows : sortRows(rows, columns, shownSort, locale)),
    [onSortChange, rows, columns, shownSort, locale],
  )
  const pageCount = pageSize ? Math.max(1, Math.ceil(sorted.length / pageSize)) : 1
  const current = Math.min(page, pageCount)
  const shown = pageSize ? sorted.slice((current - 1) * pageSize, current * pageSize) : sorted
  const chosenIds = useMemo(() => new Set(chosen), [chosen])
  const isMultiple = selection === 'multiple'

  const scroller = useRef<HTMLDivElement | null>(null)
  const scrolls = height !== 'auto' || shown.length > FEW_ROWS
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (index) => shown[index]?.id ?? index,
    enabled: scrolls,
  })
  const items = scrolls ? virtual.getVirtualItems() : shown.map((_, index) => ({ index, start: 0, end: 0 }))
  const before = scrolls ? (items[0]?.start ?? 0) : 0
  const after = scrolls ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const width = columns.length + (selection === 'none' ? 0 : 1)
  const leastWidth = columns.reduce(
    (sum, { width: pixels = LEAST_COLUMN_WIDTH }) => sum + pixels,
    selection === 'none' ? 0 : CHECK_COLUMN_WIDTH,
  )

  const setScroller = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      methodsRef?.(element)
    },
    [methodsRef],
  )
  const sortBy = (column: string) => {
    const direction = shownSort?.column === column && shownSort.direction === 'ascending' ? 'descending' : 'ascending'
    if (!onSortChange) setOwnSort({ column, direction })
    onSortChange?.(column, direction)
  }
  const choose = (ids: readonly string[]) => {
    setOwn(ids)
    onSelectionChange?.(ids)
  }
  const toggle = (id: string, isOn: boolean) => {
    if (!isMultiple) choose(isOn ? [id] : [])
    else choose(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))
  }
  const chosenCount = sorted.reduce((count, { id }) => count + (chosenIds.has(id) ? 1 : 0), 0)

  return (
    <div className="souk-data-table">
      {/* Focusable, so that a keyboard can scroll it. */}
      {/* biome-ignore lint/a11y/useSemanticElements: an element of a section has no box of its own to measure here. */}
      <div
        ref={setScroller}
        className="souk-table-scroll"
        data-height={height === 'auto' && scrolls ? 'medium' : height}
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
      >
        <table
          className="souk-table souk-table-fixed"
          style={{ minInlineSize: leastWidth } satisfies CSSProperties}
          aria-label={label}
          aria-rowcount={shown.length + 1}
          aria-busy={loading || undefined}
        >
          <colgroup>
            {selection === 'none' ? null : <col className="souk-table-check-column" />}
            {columns.map(({ id, width: pixels }) => (
              <col key={id} {...(pixels ? { style: { inlineSize: pixels } satisfies CSSProperties } : {})} />
            ))}
          </colgroup>
          <thead className="souk-table-head">
            <tr aria-rowindex={1}>
              {selection === 'none' ? null : (
                <th className="souk-table-cell" scope="col">
                  {isMultiple ? (
                    <Checkbox
                      label={messages.selectAll}
                      isSelected={chosenCount > 0 && chosenCount === sorted.length}
                      isIndeterminate={chosenCount > 0 && chosenCount < sorted.length}
                      onChange={(isOn) => choose(isOn ? sorted.map(({ id }) => id) : [])}
                    />
                  ) : (
                    <span className="souk-visually-hidden">{messages.selectRow}</span>
                  )}
                </th>
              )}
              {columns.map((column) => (
                <th
                  key={column.id}
                  className="souk-table-cell"
                  data-align={column.align ?? 'start'}
                  scope="col"
                  {...(column.sortable
                    ? { 'aria-sort': shownSort?.column === column.id ? shownSort.direction : ('none' as const) }
                    : {})}
                >
                  {column.sortable ? (
                    <button type="button" className="souk-sort" onClick={() => sortBy(column.id)}>
                      {column.label}
                      <SortMark direction={shownSort?.column === column.id ? shownSort.direction : undefined} />
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="souk-table-body">
            {before > 0 ? <Spacer width={width} height={before} /> : null}
            {items.map(({ index }) => {
              const row = shown[index]
              if (!row) return null
              const isChosen = chosenIds.has(row.id)
              return (
                <tr
                  key={row.id}
                  data-index={index}
                  className="souk-table-row"
                  aria-rowindex={index + 2}
                  {...(selection === 'none' ? {} : { 'aria-selected': isChosen })}
                  data-pressable={onRowPress ? true : undefined}
                  // The row is the larger target of the button in its first cell.
                  onClick={onRowPress ? () => onRowPress(row.id) : undefined}
                >
                  {selection === 'none' ? null : (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: it keeps a click on the checkbox from the row; keys never reach the row.
                    <td className="souk-table-cell" onClick={(event) => event.stopPropagation()}>
                      <Checkbox
                        label={`${messages.selectRow} ${row.cells[0] ?? row.id}`}
                        isSelected={isChosen}
                        onChange={(isOn) => toggle(row.id, isOn)}
                      />
                    </td>
                  )}
                  {columns.map(({ id, align = 'start' }, column) => (
                    <td key={id} className="souk-table-cell" data-align={align}>
                      {column === 0 && onRowPress ? (
                        <button type="button" className="souk-row-press">
                          {row.cells[column]}
                        </button>
                      ) : (
                        row.cells[column]
                      )}
                    </td>
                  ))}
                </tr>
              )
            })}
            {after > 0 ? <Spacer width={width} height={after} /> : null}
            {shown.length === 0 ? (
              <tr>
                <td className="souk-table-cell souk-table-empty" colSpan={width}>
                  {loading ? <Spinner label={messages.loading} /> : (emptyText ?? messages.noRows)}
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      {pageSize && pageCount > 1 ? (
        <div className="souk-table-foot">
          <span>
            {sorted.length.toLocaleString(locale)} {messages.rows}
          </span>
          <Pagination label={`${label}, ${messages.page}`} page={current} pageCount={pageCount} onChange={setPage} />
        </div>
      ) : null}
    </div>
  )
}

/** Stands for the rows that are out of sight. */
const Spacer = ({ width, height }: { readonly width: number; readonly height: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row is not focusable.
  <tr aria-hidden="true">
    <td colSpan={width} className="souk-table-spacer" style={{ blockSize: height }} />
  </tr>
)
