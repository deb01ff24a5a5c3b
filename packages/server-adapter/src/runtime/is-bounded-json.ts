/** A level of a Map takes three of JSON, and a value may be 100 levels deep. */
const MAX_DEPTH = 320
/** `encodeValue` writes 100,000 values at most, each with a few brackets and commas. */
const MAX_TOKENS = 1_000_000

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Whether bytes have the outline of JSON text that is safe to parse: brackets that close, not too deep, not too many. Counting costs
 * a fraction of parsing, and unlike it no memory.
 */
export const isBoundedJson = (bytes: Uint8Array): boolean => {
  let depth = 0
  let tokens = 0
  let isInString = false
  for (let at = 0; at < bytes.byteLength; at++) {
    const byte = bytes[at]
    if (isInString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isInString = false
      continue
    }
    switch (byte) {
      case QUOTE:
        isInString = true
        break
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > MAX_DEPTH || ++tokens > MAX_TOKENS) return false
        break
      case 0x5d: // ]
      case 0x7d: // }
        if (--depth < 0) return false
        break
      case 0x2c: // ,
        if (++tokens > MAX_TOKENS) return false
        break
    }
  }
  return bytes.byteLength > 0 && depth === 0 && !isInString
}
