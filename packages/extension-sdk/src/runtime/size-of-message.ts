import type { BridgeMessage } from '../protocol/messages'
import { isPackedBatch } from '../protocol/packed-batch'

/** What the rest of a message weighs, about. */
const ENVELOPE_BYTES = 200

/** About how many bytes a plain value takes. Only for what a parser has let through: it has an end, and no cycles. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  if (value instanceof ArrayBuffer) return value.byteLength
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength
  let size = 8
  // Arrays, maps and sets; of a map each entry is an array.
  if (Symbol.iterator in value) for (const item of value as Iterable<unknown>) size += sizeOf(item)
  else for (const [key, item] of Object.entries(value)) size += key.length + sizeOf(item)
  return size
}

/**
 * About how many bytes a parsed message takes.
 *
 * A packed batch is not walked through: its stream and its text know their length, and the lists beside them are mostly absent.
 */
export const sizeOfMessage = (message: BridgeMessage): number => {
  if (message.kind !== 'notice' || message.type !== 'render-component' || !isPackedBatch(message.payload))
    return ENVELOPE_BYTES + sizeOf(message)
  const { stream, text, shapes, extras } = message.payload
  return ENVELOPE_BYTES + stream.buffer.byteLength + (text?.length ?? 0) + sizeOf([shapes, extras])
}
