import type { PublishCheck } from './protocol/api'
import type { ErrorCode } from './protocol/error-codes'
import type { ErrorDetails, WireError } from './protocol/messages'

export interface SdkErrorDetails {
  readonly cause?: unknown
  /** Messages by field path, when the input was at fault. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly retryAfterSeconds?: number | undefined
  /** Finds the failure in the product's logs. */
  readonly traceId?: string | undefined
  /** What the publish checks found. */
  readonly checks?: readonly PublishCheck[] | undefined
  /** What else the error knows. */
  readonly details?: ErrorDetails | undefined
}

/** Everything the SDK throws, and every error that comes back over the bridge. Recognise it by `code`. */
export class SdkError extends Error {
  override readonly name: string = 'SdkError'
  readonly code: string
  declare readonly fields?: Readonly<Record<string, string>>
  declare readonly retryAfterSeconds?: number
  declare readonly traceId?: string
  declare readonly checks?: readonly PublishCheck[]
  declare readonly details?: ErrorDetails

  /** @param code One of `ErrorCode`, or the code an extension's own server function gave. */
  constructor(code: ErrorCode | (string & {}), message: string, details: SdkErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    const { fields, retryAfterSeconds, traceId, checks } = details
    const known = Object.entries({ fields, retryAfterSeconds, traceId, checks, details: details.details }).filter(
      ([, value]) => value !== undefined,
    )
    Object.assign(this, Object.fromEntries(known))
  }
}

/** The error an answer carried, as something to throw. */
export const fromWireError = (error: WireError): SdkError => new SdkError(error.code, error.message, error)
