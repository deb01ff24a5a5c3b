import type { ReactNode } from 'react'
import type { BenchComponents } from '../app/src/bench-app'

/** The elements that every contender's page draws with. */
export const components: BenchComponents = {
  Button: ({ label, onPress }) => (
    <button type="button" onClick={() => onPress?.()}>
      {label}
    </button>
  ),
  Input: ({ label, value, onChange }) => (
    <label>
      {label}
      <input value={value ?? ''} onChange={(event) => onChange?.(event.target.value)} />
    </label>
  ),
  Stack: ({ children }: { readonly children?: ReactNode }) => <div>{children}</div>,
  Table: ({ label, children }) => <table aria-label={label}>{children}</table>,
  TableBody: ({ children }) => <tbody>{children}</tbody>,
  TableRow: ({ selected, children }) => <tr className={selected ? 'selected' : undefined}>{children}</tr>,
  TableCell: ({ children }) => <td>{children}</td>,
  Text: ({ children }) => <span>{children}</span>,
}
