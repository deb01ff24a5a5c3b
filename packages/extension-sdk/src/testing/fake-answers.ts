import { isRecord } from '../protocol/parse'
import type { CallContext } from '../server/call-context'

/** What a question is about; the SDK asks each with an object. */
export const requestOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {})

/** Answers to questions of server functions, by their names, for the call that asks. */
export type FakeAnswers = Readonly<
  Record<string, (request: Readonly<Record<string, unknown>>, call: CallContext) => unknown>
>
