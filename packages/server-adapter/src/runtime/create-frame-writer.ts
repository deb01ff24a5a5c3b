import { encodeFrame } from './frame-codec'

/** Beyond this, joining costs more than the write it saves. */
const JOINED_BYTES = 64 * 1024

/**
 * Joins the frames of one turn of the loop into one write, which costs as much as a small call. Runs on both sides, so the two things that
 * differ are given to it: how to write, and how to be called back when the turn is over.
 */
export const createFrameWriter = (write: (bytes: Uint8Array) => void, atEndOfTurn: (action: () => void) => void) => {
  let frames: Uint8Array[] = []
  let bytes = 0

  const flush = (): void => {
    const [first] = frames
    if (!first) return
    const joined = frames.length === 1 ? first : join(frames, bytes)
    frames = []
    bytes = 0
    write(joined)
  }

  return (header: unknown, body?: Uint8Array): void => {
    const frame = encodeFrame(header, body)
    if (bytes + frame.byteLength > JOINED_BYTES) flush()
    if (frames.length === 0) atEndOfTurn(flush)
    frames.push(frame)
    bytes += frame.byteLength
    if (bytes > JOINED_BYTES) flush()
  }
}

const join = (frames: readonly Uint8Array[], bytes: number): Uint8Array => {
  const joined = new Uint8Array(bytes)
  let at = 0
  for (const frame of frames) {
    joined.set(frame, at)
    at += frame.byteLength
  }
  return joined
}
