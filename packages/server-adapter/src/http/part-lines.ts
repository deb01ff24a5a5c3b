import type { PartLine, Problem } from '@souk/extension-sdk/protocol'

/** Lines of JSON: https://github.com/ndjson/ndjson-spec */
export const LINES = 'application/x-ndjson'

/** Whether who asks takes a result in lines, where there is one. */
export const acceptsLines = (request: Request): boolean =>
  (request.headers.get('accept') ?? '').split(',').some((type) => type.split(';')[0]?.trim().toLowerCase() === LINES)

/**
 * The parts of a result as lines. The last one says that it is whole, or why it is not: a body that ends without it was cut off.
 *
 * @param toProblem What the reader may know of an error.
 */
export const toLines = (
  parts: ReadableStream<string>,
  toProblem: (error: unknown) => Problem,
): ReadableStream<Uint8Array> => {
  const reader = parts.getReader()
  const encoder = new TextEncoder()
  const next = async (): Promise<PartLine> => {
    try {
      const { done, value } = await reader.read()
      return done ? { end: true } : { part: value }
    } catch (error) {
      return { error: toProblem(error) }
    }
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const line = await next()
        controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
        if (!('part' in line)) controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
