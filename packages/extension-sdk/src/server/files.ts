import { InvalidInputError } from '../errors/server-errors'
import { type FileHandle, isAcceptedFile } from '../protocol/file-handle'
import { SdkError } from '../sdk-error'
import { askPlatform } from './call-context'

export type { FileHandle } from '../protocol/file-handle'

/** What a function is ready to take. What is in a file, it has to check itself: a name and a type are only what somebody says. */
export interface ReadFileOptions {
  /** `.csv`, `text/csv` or `image/*`. */
  readonly accept?: readonly string[]
  readonly maxBytes?: number
}

/** A file that the user chose, for the time of the call that brought it. */
export interface CalledFile {
  /** Without a path. */
  readonly name: string
  /** Bytes, as they were counted when the file arrived. */
  readonly size: number
  /** Empty when the user's computer has no idea. */
  readonly type: string
  bytes(): Promise<Uint8Array<ArrayBuffer>>
  /** As UTF-8. */
  text(): Promise<string>
  blob(): Promise<Blob>
  /** A piece at a time, so that no more than one has to be held. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

/**
 * A file that the user chose in a `FileInput`, by the handle that client code passed as an argument of this call. It is gone when the call has ended.
 *
 * @throws {SdkError} `FILE_NOT_GRANTED` when the call has no such file.
 * @throws {InvalidInputError} when it is not what `options` ask for; nothing of it was read then.
 */
export const readFile = async (
  handle: Pick<FileHandle, 'id'>,
  { accept, maxBytes }: ReadFileOptions = {},
): Promise<CalledFile> => {
  // Arguments come from the browser, whatever their type says.
  const id: unknown = (handle as unknown as { readonly id?: unknown } | null | undefined)?.id
  const { name, size, type } = asDescription(await askPlatform('file.describe', { id }))
  if (!isAcceptedFile(accept, { name, type }))
    throw new InvalidInputError(`${name} is not one of the files that are asked for: ${accept?.join(', ')}.`)
  if (maxBytes !== undefined && size > maxBytes)
    throw new InvalidInputError(`${name} has ${size} bytes; at most ${maxBytes} are taken.`)

  const readPiece = async (offset: number): Promise<Uint8Array<ArrayBuffer>> => {
    const piece = await askPlatform('file.read', { id, offset })
    // The codec gives arrays of their own, never views of shared memory.
    if (piece instanceof Uint8Array) return piece as Uint8Array<ArrayBuffer>
    throw new SdkError('INVALID_RESPONSE', 'The product answered with no piece of a file. Update it.')
  }

  const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const whole = new Uint8Array(size)
    for (let offset = 0; offset < size; ) {
      const piece = await readPiece(offset)
      if (piece.length === 0) break
      whole.set(piece, offset)
      offset += piece.length
    }
    return whole
  }

  return {
    name,
    size,
    type,
    bytes,
    text: async () => new TextDecoder().decode(await bytes()),
    blob: async () => new Blob([await bytes()], { type }),
    stream() {
      let offset = 0
      return new ReadableStream(
        {
          async pull(controller) {
            const piece = offset < size ? await readPiece(offset) : undefined
            if (!piece?.length) return controller.close()
            offset += piece.length
            controller.enqueue(piece)
          },
        },
        // Nothing is read before somebody wants it.
        { highWaterMark: 0 },
      )
    },
  }
}

const asDescription = (value: unknown): { readonly name: string; readonly size: number; readonly type: string } => {
  const { name, size, type } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof name === 'string' && typeof size === 'number' && typeof type === 'string') return { name, size, type }
  throw new SdkError('INVALID_RESPONSE', 'The product answered with no description of a file. Update it.')
}
