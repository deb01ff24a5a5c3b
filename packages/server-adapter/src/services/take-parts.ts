import type { FunctionOutcome, PartSink } from '../runtime/function-runtime'

/** What takes the parts of a call on behalf of who asked. */
export interface PartTaker {
  readonly onPart: PartSink
  /** The outcome for who asked: with the parts as the items of an array, where nobody took them as they came. */
  complete(outcome: FunctionOutcome): FunctionOutcome
  /** Of all parts until now. */
  readonly bytes: number
}

/** Redacts parts before they leave. Their size is bounded by the runtime, as that of a result is. */
export const createPartTaker = (redact: (text: string) => string, onPart: PartSink | undefined): PartTaker => {
  const collected: string[] = []
  let bytes = 0
  return {
    onPart: async (part) => {
      bytes += Buffer.byteLength(part)
      if (onPart) await onPart(redact(part))
      else collected.push(part)
    },
    complete(outcome) {
      if (!outcome.ok || !outcome.isStreamed || onPart) return outcome
      const { isStreamed: _, ...rest } = outcome
      // Encoded values are JSON, so the items between brackets are an encoded array.
      return { ...rest, result: `[${collected.join(',')}]` }
    },
    get bytes() {
      return bytes
    },
  }
}
