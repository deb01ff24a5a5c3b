import { encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import { costOfPart, type PartCredit } from '../part-window'

export interface StreamPartsOptions {
  readonly credit: PartCredit
  /** Fires when nobody waits for the rest. */
  readonly signal: AbortSignal
  /** Of all parts together, costs included. */
  readonly totalBytes: number
  readonly send: (part: Uint8Array) => void
  readonly failed: (code: string, message: string) => Error
}

export const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** Sends what a function yields as it is taken. However it ends, the generator's `finally` has run. */
export const streamParts = async (
  parts: AsyncIterable<unknown>,
  { credit, signal, totalBytes, send, failed }: StreamPartsOptions,
): Promise<void> => {
  let total = 0
  for await (const value of parts) {
    const encoded = encodeValue(value, 'part')
    if (isRefusal(encoded)) throw failed('VALUE_NOT_SENDABLE', encoded.refused)
    const part = new TextEncoder().encode(encoded.text)
    total += costOfPart(part.byteLength)
    if (total > totalBytes)
      throw failed(
        'FUNCTION_RESULT_TOO_LARGE',
        `The function streamed more than the ${totalBytes} bytes that a result may have. Stream less.`,
      )
    send(part)
    credit.spend(part.byteLength)
    // Before the next part is made: a function must not run ahead of who reads it.
    await credit.available(signal)
  }
}
