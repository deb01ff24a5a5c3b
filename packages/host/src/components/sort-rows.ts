import type { PropsOf } from './component-props'

type Table = PropsOf<'Table'>
export type Row = NonNullable<Table['rows']>[number]
export type Column = NonNullable<Table['columns']>[number]
export type Sort = NonNullable<Table['sort']>

/** The rows in the order of a column: numbers in text by their value, everything else as the locale has it. Equal rows keep their order. */
export const sortRows = (
  rows: readonly Row[],
  columns: readonly Column[],
  sort: Sort | undefined,
  locale: string,
): readonly Row[] => {
  const index = sort ? columns.findIndex(({ id }) => id === sort.column) : -1
  if (!sort || index < 0) return rows
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const sign = sort.direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => sign * compare(a.cells[index] ?? '', b.cells[index] ?? ''))
}
