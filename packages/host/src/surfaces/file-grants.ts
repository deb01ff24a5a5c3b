import { FILE_LIMITS, type FileHandle, fileIdsIn } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

/** A file that goes along with a call, under the name that its handle has. */
export interface GrantedFile {
  readonly handle: FileHandle
  readonly file: Blob
}

/** What the fields of one root have given out. */
export interface RootFiles {
  grant(handle: FileHandle, file: Blob): void
  withdraw(id: string): void
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
  readonly root: RootFiles
  readonly until: number
}

export const createFileGrants = (now: () => number = Date.now): FileGrants => {
  const grants = new Map<string, Grant>()

  const take = (id: string): GrantedFile => {
    const found = grants.get(id)
    if (found && found.until > now()) return found
    grants.delete(id)
    throw new HostError(
      'FILE_NOT_GRANTED',
      'The file is gone or was never chosen here. Have the user choose it, and keep its FileInput until the call ends.',
    )
  }

  return {
    openRoot() {
      let isClosed = false
      const root: RootFiles = {
        grant(handle, file) {
          if (!isClosed) grants.set(handle.id, { handle, file, root, until: now() + FILE_LIMITS.handleMs })
        },
        withdraw: (id) => void grants.delete(id),
        close() {
          isClosed = true
          for (const [id, grant] of grants) if (grant.root === root) grants.delete(id)
        },
      }
      return root
    },
    named(args) {
      const files = fileIdsIn(args).map(take)
      const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
      if (files.length > FILE_LIMITS.filesPerCall || bytes > FILE_LIMITS.callBytes)
        throw new HostError(
          'PAYLOAD_TOO_LARGE',
          `A call takes ${FILE_LIMITS.filesPerCall} files of ${FILE_LIMITS.callBytes} bytes together. Send fewer.`,
        )
      return files
    },
  }
}
