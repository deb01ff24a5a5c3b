import type { PartSink } from '../runtime/function-runtime'

/** The parts of a result on their way from a function to who reads them. */
export interface PartStream {
  /** Resolves when the part was read; rejects when nobody reads any more. */
  readonly write: PartSink
  /** Resolves with the first part. */
  readonly started: Promise<void>
  /** Aborts when who reads has gone. */
  readonly cancelled: AbortSignal
  /** Gives a part when it is asked for one, and fails with the error of the function. */
  readonly parts: ReadableStream<string>
  /** Resolves when the end was read, or nobody reads. */
  end(): Promise<void>
  fail(error: unknown): Promise<void>
}

export const createPartStream = (): PartStream => {
  const cancelled = new AbortController()
  // Nothing is made before it is asked for: the reader's own buffers are enough.
  const { readable, writable } = new TransformStream<string, string>(
    undefined,
    { highWaterMark: 1 },
    { highWaterMark: 0 },
  )
  const writer = writable.getWriter()
  writer.closed.catch(() => cancelled.abort())
  let start = () => {}
  const started = new Promise<void>((resolve) => {
    start = resolve
  })

  return {
    started,
    cancelled: cancelled.signal,
    parts: readable,
    write(part) {
      start()
      return writer.write(part)
    },
    // Both fail only when nobody reads.
    end: () => writer.close().catch(() => {}),
    fail: (error) => writer.abort(error).catch(() => {}),
  }
}
