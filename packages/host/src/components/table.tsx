import { createContext, useContext } from 'react'
import type { PropsOf } from './component-props'

/** Whether a row or cell is in the head: there, the head itself is the row. */
const HeadContext = createContext(false)

export const Table = ({ label, children, methodsRef }: PropsOf<'Table'>) => (
  // Focusable, so that a keyboard can scroll a wide table.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <section ref={methodsRef} className="souk-table-scroll" aria-label={label} tabIndex={0}>
    <table className="souk-table" aria-label={label}>
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
