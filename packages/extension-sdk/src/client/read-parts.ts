import { decodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'

/** Reading more often would be no sooner on a screen, and count as a flood of messages. */
const READ_INTERVAL_MS = 50

export interface PartSource {
  read(): Promise<{ readonly parts: readonly string[]; readonly done: boolean }>
  /** Nobody reads any more. */
  end(): void
}

export const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** The values of a streamed result, as they are asked for. Leaving the loop ends the function. */
export async function* readParts({ read, end }: PartSource, name: string): AsyncGenerator<unknown, void, undefined> {
  let isWhole = false
  try {
    while (!isWhole) {
      const startedAt = Date.now()
      const { parts, done } = await read()
      isWhole = done
      for (const part of parts) {
        const decoded = decodeValue(part)
        if (isRefusal(decoded))
          throw new SdkError('INVALID_MESSAGE', `A part of the result of ${name} was refused. ${decoded.refused}`)
        yield decoded.value
      }
      const leftMs = READ_INTERVAL_MS - (Date.now() - startedAt)
      if (!done && leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs))
    }
  } finally {
    if (!isWhole) end()
  }
}

/**
 * Makes a call iterable, because whether a function streams is known only when it answers: `for await (const part of summarize(id))`.
 * Whoever awaits it instead gets its result, of a function that streams an iterable.
 */
export const asIterable = (call: Promise<unknown>, name: string): Promise<unknown> & AsyncIterableIterator<unknown> => {
  const parts = iterate(call, name)
  return Object.assign(call, {
    next: () => parts.next(),
    return: () => parts.return(undefined),
    throw: (error: unknown) => parts.throw(error),
    [Symbol.asyncIterator]: () => parts,
  })
}

async function* iterate(call: Promise<unknown>, name: string): AsyncGenerator<unknown, void, undefined> {
  const result = await call
  if (!isAsyncIterable(result))
    throw new SdkError('INVALID_INPUT', `${name} gave its result in one piece. Await it instead of looping over it.`)
  yield* result
}
