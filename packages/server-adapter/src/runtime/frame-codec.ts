/**
 * Frames on the descriptor between the host and a guest: two lengths, a small JSON header, and a body of bytes.
 * Arguments, results and HTTP bodies travel as the body, so that they are escaped by nobody and parsed only by who wants them.
 *
 *     uint32 headerBytes | uint32 bodyBytes | header | body
 *
 * Runs on both sides, so it uses neither Node nor Deno.
 */
export interface Frame {
  readonly header: unknown
  readonly body: Uint8Array
}

export interface FrameBounds {
  readonly headerBytes: number
  readonly bodyBytes: number
}

export interface FrameReader {
  /**
   * Takes the next bytes and returns the frames they complete.
   *
   * @throws {RangeError | SyntaxError} for a frame that is over a bound, empty, or not JSON. Nothing can be read after it.
   */
  push(chunk: Uint8Array): Frame[]
}

const PREFIX_BYTES = 8
const NO_BODY = new Uint8Array(0)

export const encodeFrame = (header: unknown, body: Uint8Array = NO_BODY): Uint8Array => {
  const head = new TextEncoder().encode(JSON.stringify(header))
  const frame = new Uint8Array(PREFIX_BYTES + head.byteLength + body.byteLength)
  const view = new DataView(frame.buffer)
  view.setUint32(0, head.byteLength)
  view.setUint32(4, body.byteLength)
  frame.set(head, PREFIX_BYTES)
  frame.set(body, PREFIX_BYTES + head.byteLength)
  return frame
}

/** Makes a reader that holds one incomplete frame at most, and refuses a frame by its announced length before it arrives. */
export const createFrameReader = (bounds: FrameBounds): FrameReader => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  // First the prefix, then the whole frame. One buffer, because a list of chunks would let a sender of single bytes fill the memory.
  let buffer = new Uint8Array(PREFIX_BYTES)
  let filled = 0

  const lengths = () => {
    const view = new DataView(buffer.buffer)
    return { headerBytes: view.getUint32(0), bodyBytes: view.getUint32(4) }
  }

  const makeRoom = () => {
    const { headerBytes, bodyBytes } = lengths()
    if (headerBytes === 0 || headerBytes > bounds.headerBytes || bodyBytes > bounds.bodyBytes)
      throw new RangeError(`A frame announced ${headerBytes} + ${bodyBytes} bytes.`)
    const prefix = buffer
    buffer = new Uint8Array(PREFIX_BYTES + headerBytes + bodyBytes)
    buffer.set(prefix)
  }

  const take = (): Frame => {
    const bodyAt = PREFIX_BYTES + lengths().headerBytes
    const header: unknown = JSON.parse(decoder.decode(buffer.subarray(PREFIX_BYTES, bodyAt)))
    const frame = { header, body: buffer.subarray(bodyAt) }
    buffer = new Uint8Array(PREFIX_BYTES)
    filled = 0
    return frame
  }

  return {
    push(chunk) {
      const frames: Frame[] = []
      let at = 0
      while (at < chunk.byteLength) {
        const part = chunk.subarray(at, at + buffer.byteLength - filled)
        buffer.set(part, filled)
        filled += part.byteLength
        at += part.byteLength
        if (filled < buffer.byteLength) break
        if (filled === PREFIX_BYTES) makeRoom()
        else frames.push(take())
      }
      return frames
    },
  }
}
