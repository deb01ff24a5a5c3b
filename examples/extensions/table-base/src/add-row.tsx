import {
  Alert,
  Button,
  type FileHandle,
  FileInput,
  Input,
  Select,
  Skeleton,
  Stack,
  showToast,
  useAsyncCache,
} from '@souk/extension-sdk/client'
import { Suspense, useState } from 'react'
import { importRows } from './import.server'
import { addRow, list } from './tables.server'

interface ChoiceProps {
  readonly label: string
  /** The base whose tables these are; none for the bases themselves. */
  readonly base?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The cache keeps choices by what they depend on, so a slow answer is never shown for another parent. */
const Choice = ({ label, base = '', value, onChange }: ChoiceProps) => {
  const choices = useAsyncCache(list, base)
  return (
    <Select label={label} value={value} onChange={onChange} options={choices.map((id) => ({ value: id, label: id }))} />
  )
}

const Fields = ({ base, table }: { readonly base: string; readonly table: string }) => {
  const fields = useAsyncCache(list, base, table)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState('')
  const add = async () => {
    try {
      await addRow(base, table, values)
      setProblem('')
      await showToast({ title: `A row was added to ${table}`, variant: 'success' })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work.')
    }
  }
  return (
    <Stack>
      {problem ? <Alert tone="danger" title={problem} /> : null}
      {fields.map((name) => (
        <Input
          key={name}
          label={name}
          value={values[name] ?? ''}
          onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      ))}
      <Button variant="primary" onPress={add}>
        Add row
      </Button>
    </Stack>
  )
}

/** The file stays with the product: what is here is a handle, which the server function reads. */
const Import = ({ base, table }: { readonly base: string; readonly table: string }) => {
  const [file, setFile] = useState<FileHandle>()
  const [imports, setImports] = useState(0)
  const [problem, setProblem] = useState('')
  const send = async () => {
    if (!file) return setProblem('Choose a file.')
    try {
      const count = await importRows(base, table, file)
      setProblem('')
      setFile(undefined)
      setImports(imports + 1)
      await showToast({ title: `${count} rows were added to ${table}`, variant: 'success' })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work.')
    }
  }
  return (
    <Stack>
      <FileInput
        key={imports}
        label="Rows from a file"
        description="CSV, with the names of the fields in the first line."
        accept={['.csv', 'text/csv']}
        maxSizeBytes={1024 * 1024}
        error={problem}
        onChange={([chosen]) => setFile(chosen)}
      />
      <Button onPress={send}>Import</Button>
    </Stack>
  )
}

export const AddRow = () => {
  const [base, setBase] = useState('')
  const [table, setTable] = useState('')
  const chooseBase = (next: string) => {
    setBase(next)
    // A table belongs to one base.
    setTable('')
  }
  return (
    <Stack>
      <Suspense fallback={<Skeleton />}>
        <Choice label="Base" value={base} onChange={chooseBase} />
      </Suspense>
      {base ? (
        <Suspense key={base} fallback={<Skeleton />}>
          <Choice label="Table" base={base} value={table} onChange={setTable} />
        </Suspense>
      ) : null}
      {base && table ? (
        <Suspense key={`${base} ${table}`} fallback={<Skeleton />}>
          <Fields base={base} table={table} />
          <Import base={base} table={table} />
        </Suspense>
      ) : null}
    </Stack>
  )
}
