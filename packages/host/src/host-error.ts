import type { ErrorCode, ErrorDetails, PublishCheck, WireError } from '@souk/extension-sdk/protocol'

export interface HostErrorDetails {
  /** Messages by field path, when the input was at fault. */
  readonly fields?: Readonly<Record<string, string>>
  /** Finds the failure in the server's logs. */
  readonly traceId?: string
  /** What the publish checks found, for `PUBLISH_CHECKS_FAILED`. */
  readonly checks?: readonly PublishCheck[]
  readonly retryAfterSeconds?: number
  /** What else the error knows, such as which connection expired. */
  readonly details?: ErrorDetails
  readonly cause?: unknown
}

/** The one error this package throws. Recognise it by its `code`. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly code: ErrorCode
  readonly fields?: Readonly<Record<string, string>>
  readonly traceId?: string
  readonly checks?: readonly PublishCheck[]
  readonly retryAfterSeconds?: number
  readonly details?: ErrorDetails

  constructor(code: ErrorCode, message: string, details: HostErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    if (details.fields) this.fields = details.fields
    if (details.traceId) this.traceId = details.traceId
    if (details.checks) this.checks = details.checks
    if (details.retryAfterSeconds !== undefined) this.retryAfterSeconds = details.retryAfterSeconds
    if (details.details) this.details = details.details
  }
}

/** What of an error may cross to the extension: its code, its sentence and what helps the user. Never a stack. */
export const toWireError = (error: unknown): WireError =>
  error instanceof HostError
    ? {
        code: error.code,
        message: error.message,
        ...(error.fields ? { fields: error.fields } : {}),
        ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
        ...(error.traceId ? { traceId: error.traceId } : {}),
        ...(error.details ? { details: error.details } : {}),
      }
    : { code: 'INTERNAL', message: 'The product could not do this. Try again, or tell its support.' }
