export interface Row {
  readonly id: number
  readonly label: string
}

/** Everything that the app shows. The page that measures keeps the same state, to know what must be drawn. */
export interface State {
  readonly rows: readonly Row[]
  readonly selected: number | null
  readonly nextId: number
  readonly count: number
  readonly typing: TypingMode | null
  readonly text: string
}

export const TYPING_MODES = ['plain', 'upper', 'slow', 'digits'] as const
export type TypingMode = (typeof TYPING_MODES)[number]

export type Action =
  | { readonly type: 'create1k' | 'replace' | 'update10th' | 'swap' | 'append1k' | 'clear' | 'count' | 'nothing' }
  | { readonly type: 'select' | 'remove'; readonly id: number }
  | { readonly type: 'typing'; readonly mode: TypingMode }
  | { readonly type: 'text'; readonly text: string }

export const initialState: State = { rows: [], selected: null, nextId: 1, count: 0, typing: null, text: '' }

const SIZES = ['large', 'small', 'tall', 'short', 'long', 'handsome', 'plain', 'quaint', 'clean', 'elegant']
const COLOURS = ['red', 'yellow', 'blue', 'green', 'pink', 'brown', 'purple', 'white', 'black', 'orange', 'teal']
const THINGS = ['table', 'chair', 'house', 'desk', 'car', 'pony', 'cookie', 'sandwich', 'burger', 'pizza', 'mouse']

/** Labels that look random and are the same for everybody. */
const labelOf = (id: number): string => {
  const pick = (words: readonly string[], factor: number) => words[(id * factor) % words.length]
  return `${pick(SIZES, 7)} ${pick(COLOURS, 5)} ${pick(THINGS, 3)}`
}

const rowsFrom = (firstId: number): Row[] =>
  Array.from({ length: 1_000 }, (_, index) => ({ id: firstId + index, label: labelOf(firstId + index) }))

const swap = (rows: readonly Row[]): readonly Row[] => {
  const [second, last] = [rows[1], rows[998]]
  return second && last ? rows.with(1, last).with(998, second) : rows
}

/** What a field keeps of what was typed into it. */
const keep = (mode: TypingMode | null, text: string): string => {
  if (mode === 'upper') return text.toUpperCase()
  return mode === 'digits' ? text.replaceAll(/\D/g, '') : text
}

export const reduce = (state: State, action: Action): State => {
  const { rows, nextId } = state
  switch (action.type) {
    case 'create1k':
    case 'replace':
      return { ...state, rows: rowsFrom(nextId), nextId: nextId + 1_000, selected: null }
    case 'append1k':
      return { ...state, rows: [...rows, ...rowsFrom(nextId)], nextId: nextId + 1_000 }
    case 'update10th':
      return {
        ...state,
        rows: rows.map((row, index) => (index % 10 === 0 ? { ...row, label: `${row.label} !!!` } : row)),
      }
    case 'swap':
      return { ...state, rows: swap(rows) }
    case 'select':
      return { ...state, selected: action.id }
    case 'remove':
      return { ...state, rows: rows.filter((row) => row.id !== action.id) }
    case 'clear':
      return { ...state, rows: [], selected: null, typing: null }
    case 'count':
      return { ...state, count: state.count + 1 }
    case 'nothing':
      return { ...state }
    case 'typing':
      return { ...state, typing: action.mode, text: '' }
    case 'text':
      return { ...state, text: keep(state.typing, action.text) }
  }
}
