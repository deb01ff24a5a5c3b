import { stripVTControlCharacters } from 'node:util'

const widthOf = (text: string) => stripVTControlCharacters(text).length

/** Columns of text, the first cell of each row at the left. Colours do not count. */
export const formatTable = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n')
}
