import { FILE_LIMITS, type FileHandle, isAcceptedFile, toMediaType } from '@souk/extension-sdk/protocol'
import { useCallback, useContext, useEffect, useRef } from 'react'
import { RootFilesContext } from '../root-files'
import { type FieldFiles, openField } from './field-files'

/** What a field takes, as the extension says it. */
export interface FileRules {
  /** `.csv`, `text/csv` or `image/*`. */
  readonly accept?: readonly string[] | undefined
  readonly multiple?: boolean | undefined
  /** At most, and never more than what a server takes. */
  readonly maxSizeBytes?: number | undefined
}

/** A file that is not taken, and why. */
export interface RefusedFile {
  readonly file: File
  readonly reason: 'type' | 'size' | 'count' | 'total'
}

export interface ChosenFiles {
  /** What was taken. */
  readonly files: readonly File[]
  /** What the extension is told of them, and all it ever holds: pass these to `onChange`. */
  readonly handles: readonly FileHandle[]
  readonly refused: readonly RefusedFile[]
}

/** The largest file that a field with these rules takes, in bytes. */
export const largestFile = ({ maxSizeBytes = FILE_LIMITS.fileBytes }: FileRules): number =>
  Math.min(maxSizeBytes, FILE_LIMITS.fileBytes)

/**
 * For a component that lets the user choose files: gives each a handle that the extension can pass to a server function. The file itself stays
 * with the page. A handle is withdrawn when its file is not chosen any more, and all of them when the component is gone.
 *
 * @returns Called with all files that are chosen now, also those from before.
 */
export const useFileHandles = (rules: FileRules): ((files: readonly File[]) => ChosenFiles) => {
  const root = useContext(RootFilesContext)
  const field = useRef<FieldFiles>(undefined)
  useEffect(
    () => () => {
      field.current?.close()
      field.current = undefined
    },
    [],
  )
  const current = useRef(rules)
  current.current = rules
  return useCallback(
    (chosen) => {
      field.current ??= openField(root)
      const { files, refused } = sortFiles(chosen, current.current)
      return { files, refused, handles: field.current.choose(files) }
    },
    [root],
  )
}

const sortFiles = (chosen: readonly File[], rules: FileRules): Pick<ChosenFiles, 'files' | 'refused'> => {
  const files: File[] = []
  const refused: RefusedFile[] = []
  const most = rules.multiple ? FILE_LIMITS.filesPerCall : 1
  let total = 0
  for (const file of new Set(chosen)) {
    const reason = refusalOf(file, rules, files.length >= most, total)
    if (reason) refused.push({ file, reason })
    else {
      files.push(file)
      total += file.size
    }
  }
  return { files, refused }
}

const refusalOf = (file: File, rules: FileRules, isFull: boolean, total: number): RefusedFile['reason'] | undefined => {
  if (!isAcceptedFile(rules.accept, { name: file.name, type: toMediaType(file.type) })) return 'type'
  if (file.size > largestFile(rules)) return 'size'
  if (isFull) return 'count'
  return total + file.size > FILE_LIMITS.callBytes ? 'total' : undefined
}
