import type { ErrorCode, PublishCheck } from './protocol'

export interface SdkErrorDetails {
  readonly cause?: unknown
  /** Messages by field path, when the input was at fault. */
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number
  readonly traceId?: string
  /** What the publish checks found. */
  readonly checks?: readonly PublishCheck[]
}

/** Everything the SDK throws on purpose. Recognise it by `code`; the message says what happened and what to do. */
export class SdkError extends Error {
  override readonly name = 'SdkError'
  readonly code: ErrorCode
  declare readonly fields?: Readonly<Record<string, string>>
  declare readonly retryAfterSeconds?: number
  declare readonly traceId?: string
  declare readonly checks?: readonly PublishCheck[]

  constructor(code: ErrorCode, message: string, { cause, ...details }: SdkErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    Object.assign(this, details)
  }
}
