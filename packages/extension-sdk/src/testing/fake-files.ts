import { type FileHandle, toFileId, toFileName, toMediaType } from '../protocol/file-handle'

/** A file that a test has chosen, with the handle that stands for it. */
export interface FakeFile {
  readonly handle: FileHandle
  readonly file: File
}

/** The handle that the product would give for a file. */
export const createFakeHandle = (file: File): FileHandle => ({
  id: toFileId(crypto.randomUUID().padEnd(43, '0')),
  name: toFileName(file.name),
  size: file.size,
  type: toMediaType(file.type),
})
