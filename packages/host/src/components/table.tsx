import { createContext, useContext } from 'react'
import type { PropsOf } from './component-props'
import { DataTable } from './data-table'
import { SortMark } from './sort-mark'

/** Whether a row or cell is in the head: there, the head itself is the row. */
const HeadContext = createContext(false)

export const Table = ({ columns, rows, children, methodsRef, ...props }: PropsOf<'Table'>) =>
  columns ? (
    <DataTable {...props} columns={columns} rows={rows ?? []} {...(methodsRef ? { methodsRef } : {})} />
  ) : (
    // Focusable, so that a keyboard can scroll a wide table.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <section ref={methodsRef} className="souk-table-scroll" aria-label={props.label} tabIndex={0}>
      <table className="souk-table" aria-label={props.label}>
        {children}
      </table>
    </section>
  )

export const TableHead = ({ children, methodsRef }: PropsOf<'TableHead'>) => (
  <HeadContext.Provider value={true}>
    <thead ref={methodsRef} className="souk-table-head">
      <tr>{children}</tr>
    </thead>
  </HeadContext.Provider>
)

export const TableColumn = ({
  align = 'start',
  sort = 'none',
  onSort,
  children,
  methodsRef,
}: PropsOf<'TableColumn'>) => (
  <th
    ref={methodsRef}
    className="souk-table-cell"
    data-align={align}
    scope="col"
    {...(onSort || sort !== 'none' ? { 'aria-sort': sort } : {})}
  >
    {onSort ? (
      <button type="button" className="souk-sort" onClick={() => onSort()}>
        {children}
        <SortMark direction={sort === 'none' ? undefined : sort} />
      </button>
    ) : (
      children
    )}
  </th>
)

export const TableBody = ({ children, methodsRef }: PropsOf<'TableBody'>) => (
  <tbody ref={methodsRef} className="souk-table-body">
    {children}
  </tbody>
)

export const TableRow = ({ selected = false, onPress, children, methodsRef }: PropsOf<'TableRow'>) => {
  if (useContext(HeadContext)) return <>{children}</>
  return (
    <tr
      ref={methodsRef}
      className="souk-table-row"
      aria-selected={selected || undefined}
      {...(onPress
        ? {
            tabIndex: 0,
            'data-pressable': true,
            onClick: () => onPress(),
            onKeyDown: (event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) onPress()
            },
          }
        : {})}
    >
      {children}
    </tr>
  )
}

export const TableCell = ({ align = 'start', header = false, children, methodsRef }: PropsOf<'TableCell'>) => {
  const inHead = useContext(HeadContext)
  return inHead || header ? (
    <th ref={methodsRef} className="souk-table-cell" data-align={align} scope={inHead ? 'col' : 'row'}>
      {children}
    </th>
  ) : (
    <td ref={methodsRef} className="souk-table-cell" data-align={align}>
      {children}
    </td>
  )
}
