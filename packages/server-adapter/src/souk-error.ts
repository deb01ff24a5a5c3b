import { type ErrorCode, type ErrorDetails, isErrorCode, type PublishCheck } from '@souk/extension-sdk/protocol'

export interface SoukErrorDetails {
  /** Messages by field path, when the input was at fault. */
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number
  /** What the publish checks found. */
  readonly checks?: readonly PublishCheck[]
  /** Finds the call in the logs. */
  readonly traceId?: string
  /** What else the error knows, for whoever handles it. */
  readonly details?: ErrorDetails
  /** Stays on the server. */
  readonly cause?: unknown
}

/** What every service throws: a stable code, and a sentence that may be shown to the caller. */
export class SoukError extends Error {
  override readonly name = 'SoukError'
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number
  readonly checks?: readonly PublishCheck[]
  readonly traceId?: string
  readonly details?: ErrorDetails

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: SoukErrorDetails = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    if (details.fields) this.fields = details.fields
    if (details.retryAfterSeconds !== undefined) this.retryAfterSeconds = details.retryAfterSeconds
    if (details.checks) this.checks = details.checks
    if (details.traceId) this.traceId = details.traceId
    if (details.details) this.details = details.details
  }
}

/** Recognised by name and code, so that the copies of this class in the entries of the CommonJS build understand one another. */
export const isSoukError = (value: unknown): value is SoukError =>
  value instanceof Error && value.name === 'SoukError' && 'code' in value && isErrorCode(value.code)

/** One answer for what is not there and for what belongs to somebody else. */
export const notFound = (what: string): SoukError =>
  new SoukError('NOT_FOUND', `No ${what} of yours has this id. It may have been removed; go back and reload the list.`)

export const invalidInput = (message: string, fields?: Readonly<Record<string, string>>): SoukError =>
  new SoukError('INVALID_INPUT', message, fields ? { fields } : {})
