import { isRecord, isString } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

/** The parts of a result that is streamed, each as `encodeValue` wrote it. */
export interface FunctionParts {
  /**
   * What has come since the last reading, at least one part unless it was the end.
   *
   * @throws {HostError} Once the parts before it were read: the error of the function, `INVALID_RESPONSE`, `NETWORK_FAILED`.
   */
  read(): Promise<{ readonly parts: readonly string[]; readonly done: boolean }>
  /** Ends the call: nobody reads any more. */
  cancel(): void
}

/** Characters that are kept for who reads slower than the server sends; beyond it the connection is not read, which holds the function back. */
const KEPT = 64 * 1024
/** Characters of one line: a result of 5 MiB, with every character escaped. */
const LINE = 32 * 1024 * 1024

const invalid = (problem: string) =>
  new HostError(
    'INVALID_RESPONSE',
    `The server streamed something unexpected: ${problem} Check that no proxy changes or cuts its answers.`,
  )

/**
 * Reads the lines of an answer.
 *
 * @param toError What a problem in the last line says.
 */
export const createFunctionParts = (
  body: ReadableStream<Uint8Array>,
  toError: (problem: unknown) => HostError,
): FunctionParts => {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let parts: string[] = []
  let kept = 0
  let rest = ''
  let isDone = false
  let failure: HostError | undefined
  let onChange = () => {}
  let onRoom = () => {}

  /** Returns whether it was the last one. */
  const take = (line: string): boolean => {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw invalid('a line that is not JSON.')
    }
    if (!isRecord(value)) throw invalid('a line that is no object.')
    if (value.error !== undefined) throw toError(value.error)
    if (value.end === true) {
      isDone = true
      return true
    }
    if (!isString(value.part)) throw invalid('a line of another kind.')
    parts.push(value.part)
    kept += value.part.length
    return false
  }

  const readChunk = async (): Promise<string> => {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new HostError('NETWORK_FAILED', 'The connection ended before the result was whole. Try again.', { cause })
    })
    if (done) throw invalid('it ended before its last line.')
    return decoder.decode(value, { stream: true })
  }

  const pump = async (): Promise<void> => {
    try {
      for (;;) {
        const lines = (rest + (await readChunk())).split('\n')
        rest = lines.pop() ?? ''
        if (rest.length > LINE) throw invalid('a line that is too long.')
        if (lines.some(take)) return
        onChange()
        if (kept > KEPT)
          await new Promise<void>((resolve) => {
            onRoom = resolve
          })
      }
    } catch (error) {
      failure = error instanceof HostError ? error : invalid(String(error))
    } finally {
      onChange()
      reader.cancel().catch(() => {})
    }
  }
  void pump()

  return {
    async read() {
      // A chunk may bring less than a line.
      while (parts.length === 0 && !isDone && !failure)
        await new Promise<void>((resolve) => {
          onChange = resolve
        })
      if (parts.length === 0 && failure) throw failure
      const read = { parts, done: isDone }
      parts = []
      kept = 0
      onRoom()
      return read
    },
    cancel() {
      failure ??= new HostError('ABORTED', 'The stream was given up.')
      onChange()
      onRoom()
      reader.cancel().catch(() => {})
    },
  }
}
