import { type ErrorCode, isErrorCode } from '../protocol/error-codes'
import type { WireError } from '../protocol/messages'
import { isRecord, isString } from '../protocol/parse'

const MAX_MESSAGE = 2_000

/** What a thrown value says for itself. It may be anything, so its getters may throw too. */
export const messageOf = (error: unknown): string => {
  try {
    const message = error instanceof Error ? error.message || error.name : String(error)
    return message.slice(0, MAX_MESSAGE)
  } catch {
    return 'Something was thrown that cannot be described.'
  }
}

const codeIn = (error: unknown): string | undefined => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return isString(code) && code.length > 0 && code.length <= 100 ? code : undefined
}

/** The code of a known error, and `EXTENSION_ERROR` for everything an extension throws by accident. */
export const errorCodeOf = (error: unknown): ErrorCode => {
  const code = codeIn(error)
  return isErrorCode(code) ? code : 'EXTENSION_ERROR'
}

/** A thrown value as it crosses the bridge: a code and a sentence, never a stack. */
export const toWireError = (error: unknown): WireError => {
  const fields: unknown = error instanceof Error && 'fields' in error ? error.fields : undefined
  return {
    code: codeIn(error) ?? 'EXTENSION_ERROR',
    message: messageOf(error),
    ...(isRecord(fields) && Object.values(fields).every(isString) ? { fields: fields as Record<string, string> } : {}),
  }
}
