import { type FileHandle, toFileId, toFileName, toMediaType } from '@souk/extension-sdk/protocol'
import type { RootFiles } from '../surfaces/file-grants'

/** What one field has given out. */
export interface FieldFiles {
  /** Makes these the files of the field. What it had before and has no more is withdrawn; what stays keeps its handle. */
  choose(files: readonly File[]): readonly FileHandle[]
  /** Withdraws everything. */
  close(): void
}

/** @param root Where the files are granted. Without one, as in a catalogue of components, a handle opens nothing. */
export const openField = (root: Pick<RootFiles, 'grant' | 'withdraw'> | undefined): FieldFiles => {
  let shown = new Map<File, FileHandle>()

  const grant = (file: File): FileHandle => {
    const handle = { id: createFileId(), name: toFileName(file.name), size: file.size, type: toMediaType(file.type) }
    root?.grant(handle, file)
    return handle
  }

  const choose = (files: readonly File[]): readonly FileHandle[] => {
    const next = new Map(files.map((file) => [file, shown.get(file) ?? grant(file)]))
    for (const [file, { id }] of shown) if (!next.has(file)) root?.withdraw(id)
    shown = next
    return [...next.values()]
  }
  return { choose, close: () => void choose([]) }
}

const createFileId = (): string => {
  const random = crypto.getRandomValues(new Uint8Array(32))
  const base64 = btoa(String.fromCharCode(...random))
  return toFileId(base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
}
