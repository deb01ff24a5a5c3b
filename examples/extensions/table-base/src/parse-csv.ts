/** The lines of a CSV file as RFC 4180 has it: fields may be quoted, and hold commas, line ends and doubled quotes then. */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = []
  let row: string[] = []
  // A field, and what ends it: a comma, a line end or the end of the file.
  const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  FIELD.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  while (FIELD.lastIndex < text.length) {
    const match = FIELD.exec(text)
    if (!match) break
    const [, quoted, plain = '', end] = match
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push([...row, ''])
  return rows.filter((fields) => fields.some((field) => field !== ''))
}
