import { type ComponentType, type Dispatch, memo, type ReactNode, useReducer } from 'react'
import { type Action, initialState, type Row, reduce, TYPING_MODES, type TypingMode } from './rows'

type Container<Props = object> = ComponentType<Props & { readonly children?: ReactNode }>

/** What each contender brings. All of them end in the same elements of the page. */
export interface BenchComponents {
  readonly Button: ComponentType<{ readonly label?: string; readonly onPress?: () => void }>
  readonly Input: ComponentType<{
    readonly label: string
    readonly value?: string
    readonly onChange?: (value: string) => void
  }>
  readonly Stack: Container
  readonly Table: Container<{ readonly label: string }>
  readonly TableBody: Container
  readonly TableRow: Container<{ readonly selected?: boolean }>
  readonly TableCell: Container
  readonly Text: Container
}

/** How long the handler of the slow field keeps its thread, in milliseconds: longer than the pause between two keys. */
const SLOW_MS = 40

const spin = (forMs: number) => {
  const end = performance.now() + forMs
  while (performance.now() < end);
}

const COMMANDS = ['create1k', 'replace', 'update10th', 'swap', 'append1k', 'clear', 'nothing'] as const

/** The app that every contender draws, in plain React. */
export const createBenchApp = ({
  Button,
  Input,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableRow,
  Text,
}: BenchComponents) => {
  const TableLine = memo(function TableLine(props: {
    readonly row: Row
    readonly selected: boolean
    readonly dispatch: Dispatch<Action>
  }) {
    const { row, selected, dispatch } = props
    return (
      <TableRow selected={selected}>
        <TableCell>
          <Text>{String(row.id)}</Text>
        </TableCell>
        <TableCell>
          <Button label={row.label} onPress={() => dispatch({ type: 'select', id: row.id })} />
        </TableCell>
        <TableCell>
          <Button label="remove" onPress={() => dispatch({ type: 'remove', id: row.id })} />
        </TableCell>
      </TableRow>
    )
  })

  const Field = (props: { readonly mode: TypingMode; readonly text: string; readonly dispatch: Dispatch<Action> }) => (
    <Stack>
      <Input
        label={props.mode}
        value={props.text}
        onChange={(text) => {
          if (props.mode === 'slow') spin(SLOW_MS)
          props.dispatch({ type: 'text', text })
        }}
      />
      <Text>{props.text}</Text>
    </Stack>
  )

  return function BenchApp() {
    const [state, dispatch] = useReducer(reduce, initialState)
    return (
      <Stack>
        <Stack>
          {COMMANDS.map((type) => (
            <Button key={type} label={type} onPress={() => dispatch({ type })} />
          ))}
          {TYPING_MODES.map((mode) => (
            <Button key={mode} label={`type ${mode}`} onPress={() => dispatch({ type: 'typing', mode })} />
          ))}
          <Button label={`count ${state.count}`} onPress={() => dispatch({ type: 'count' })} />
        </Stack>
        {state.typing ? <Field key={state.typing} mode={state.typing} text={state.text} dispatch={dispatch} /> : null}
        <Table label="Rows">
          <TableBody>
            {state.rows.map((row) => (
              <TableLine key={row.id} row={row} selected={row.id === state.selected} dispatch={dispatch} />
            ))}
          </TableBody>
        </Table>
      </Stack>
    )
  }
}
