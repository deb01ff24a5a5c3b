import type { FunctionParts } from '../api/create-function-parts'
import { createId } from '../create-id'
import { HostError } from '../host-error'

/** Each holds a connection of the browser, which has few of them. */
const MAX_STREAMS = 4
/** Characters of one answer over the bridge, as long as it has one part. */
const READ_LENGTH = 128 * 1024

/** The streamed results that one extension reads. */
export interface FunctionStreams {
  /** @throws {HostError} `LIMIT_EXCEEDED`, and the call is ended. */
  add(parts: FunctionParts): string
  read(streamId: string, signal: AbortSignal): Promise<{ readonly parts: readonly string[]; readonly done: boolean }>
  end(streamId: string): void
  /** Ends all of them. */
  dispose(): void
}

export const createFunctionStreams = (): FunctionStreams => {
  const open = new Map<string, { readonly source: FunctionParts; waiting: readonly string[]; isDone: boolean }>()
  let isDisposed = false

  const end = (streamId: string): void => {
    open.get(streamId)?.source.cancel()
    open.delete(streamId)
  }

  return {
    add(source) {
      if (isDisposed || open.size >= MAX_STREAMS) {
        source.cancel()
        throw new HostError(
          'LIMIT_EXCEEDED',
          `An extension reads at most ${MAX_STREAMS} streams at a time. Leave the loop over one of them first.`,
        )
      }
      const streamId = createId()
      open.set(streamId, { source, waiting: [], isDone: false })
      return streamId
    },
    async read(streamId, signal) {
      const stream = open.get(streamId)
      if (!stream) throw new HostError('NOT_FOUND', 'There is no such stream, or it has ended.')
      const onAbort = () => end(streamId)
      signal.addEventListener('abort', onAbort)
      try {
        if (stream.waiting.length === 0) {
          const { parts, done } = await stream.source.read()
          stream.waiting = parts
          stream.isDone = done
        }
        const parts = firstOf(stream.waiting)
        stream.waiting = stream.waiting.slice(parts.length)
        const done = stream.isDone && stream.waiting.length === 0
        if (done) open.delete(streamId)
        return { parts, done }
      } catch (error) {
        end(streamId)
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
    end,
    dispose() {
      isDisposed = true
      for (const streamId of [...open.keys()]) end(streamId)
    },
  }
}

const firstOf = (parts: readonly string[]): readonly string[] => {
  let length = 0
  let count = 0
  for (const part of parts) {
    length += part.length
    if (count > 0 && length > READ_LENGTH) break
    count++
  }
  return parts.slice(0, count)
}
