import {
  FILE_LIMITS,
  type FileHandle,
  fileIdsIn,
  toFileId,
  toFileName,
  toMediaType,
} from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

/** A file that goes along with a call, under the name that its handle has. */
export interface GrantedFile {
  readonly handle: FileHandle
  readonly file: Blob
}

/** What one field has given out. */
export interface FieldFiles {
  /** Makes these the files of the field. What it had before and has no more is withdrawn; what stays keeps its handle. */
  choose(files: readonly File[]): readonly FileHandle[]
  /** Withdraws everything. */
  close(): void
}

/** The fields of one root. */
export interface RootFiles {
  openField(): FieldFiles
  /** Withdraws everything, for good. */
  close(): void
}

/** The files that users have chosen for one running extension. It is told their names; they stay here. */
export interface FileGrants {
  openRoot(): RootFiles
  /**
   * The files that the arguments of a call name.
   *
   * @throws {HostError} `FILE_NOT_GRANTED` for a handle that is none, or no more; `PAYLOAD_TOO_LARGE`.
   */
  named(args: string): readonly GrantedFile[]
}

interface Grant extends GrantedFile {
  readonly until: number
}

export const createFileGrants = (now: () => number = Date.now): FileGrants => {
  const grants = new Map<string, Grant>()

  const grant = (file: File): FileHandle => {
    const handle = { id: createFileId(), name: toFileName(file.name), size: file.size, type: toMediaType(file.type) }
    grants.set(handle.id, { handle, file, until: now() + FILE_LIMITS.handleMs })
    return handle
  }

  const take = (id: string): GrantedFile => {
    const found = grants.get(id)
    if (found && found.until > now()) return found
    grants.delete(id)
    throw new HostError(
      'FILE_NOT_GRANTED',
      'The file is not there any more, or was never chosen here. Ask the user to choose it again, and leave its FileInput in place until the call has ended.',
    )
  }

  const openField = (): FieldFiles => {
    let shown = new Map<File, FileHandle>()
    const choose = (files: readonly File[]): readonly FileHandle[] => {
      const next = new Map(files.map((file) => [file, shown.get(file) ?? grant(file)]))
      for (const [file, { id }] of shown) if (!next.has(file)) grants.delete(id)
      shown = next
      return [...next.values()]
    }
    return { choose, close: () => void choose([]) }
  }

  return {
    openRoot() {
      const fields = new Set<FieldFiles>()
      let isClosed = false
      return {
        openField() {
          const field = openField()
          fields.add(field)
          return {
            choose: (files) => field.choose(isClosed ? [] : files),
            close() {
              field.close()
              fields.delete(field)
            },
          }
        },
        close() {
          isClosed = true
          for (const field of fields) field.close()
          fields.clear()
        },
      }
    },
    named(args) {
      const ids = fileIdsIn(args)
      if (ids.length > FILE_LIMITS.filesPerCall)
        throw tooLarge(`A call takes ${FILE_LIMITS.filesPerCall} files; these arguments name ${ids.length}.`)
      const files = ids.map(take)
      if (files.reduce((sum, { file }) => sum + file.size, 0) > FILE_LIMITS.callBytes)
        throw tooLarge(`The files of a call have at most ${FILE_LIMITS.callBytes} bytes together.`)
      return files
    },
  }
}

const tooLarge = (sentence: string) => new HostError('PAYLOAD_TOO_LARGE', `${sentence} Send fewer at a time.`)

const createFileId = (): string => {
  const random = crypto.getRandomValues(new Uint8Array(32))
  const base64 = btoa(String.fromCharCode(...random))
  return toFileId(base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
}
