import type { ErrorCode } from '../protocol/error-codes'
import { SdkError, type SdkErrorDetails } from '../sdk-error'

/**
 * An error that a server function throws on purpose: its code, message and fields reach the caller as this class, its stack does not.
 *
 * The names are written out: a bundler may rename the classes.
 */
export class ServerFunctionError extends SdkError {
  override readonly name: string = 'ServerFunctionError'

  constructor(code: ErrorCode, message: string, details: SdkErrorDetails = {}) {
    super(code, message, details)
  }
}

/** The caller's input was refused. `fields` holds a sentence for each field at fault, by its name in the form. */
export class InvalidInputError extends ServerFunctionError {
  override readonly name = 'InvalidInputError'
  declare readonly fields: Readonly<Record<string, string>>

  constructor(message: string, fields: Readonly<Record<string, string>> = {}, options: SdkErrorDetails = {}) {
    super('INVALID_INPUT', message, { ...options, fields })
  }
}

/** What the caller asked for does not exist. */
export class NotFoundError extends ServerFunctionError {
  override readonly name = 'NotFoundError'

  constructor(message: string, options?: SdkErrorDetails) {
    super('NOT_FOUND', message, options)
  }
}

/** The state changed in the meantime, or does not allow this. */
export class ConflictError extends ServerFunctionError {
  override readonly name = 'ConflictError'

  constructor(message: string, options?: SdkErrorDetails) {
    super('CONFLICT', message, options)
  }
}

/** The outside service wants fewer requests. */
export class RateLimitError extends ServerFunctionError {
  override readonly name = 'RateLimitError'
  /** Seconds until another try makes sense. */
  declare readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, options: SdkErrorDetails = {}) {
    super('RATE_LIMITED', message, { ...options, retryAfterSeconds })
  }
}

/** The outside service failed. */
export class UpstreamServiceError extends ServerFunctionError {
  override readonly name = 'UpstreamServiceError'
  /** The HTTP status it answered with; 0 when it is not known. */
  readonly status: number

  constructor(message: string, status: number, options: SdkErrorDetails = {}) {
    super('UPSTREAM_SERVICE_ERROR', message, { ...options, details: { ...options.details, status } })
    this.status = status
  }
}

/** The outside service refused the credentials, or they do not allow this. */
export class InsufficientPermissionsError extends ServerFunctionError {
  override readonly name = 'InsufficientPermissionsError'

  constructor(message: string, options?: SdkErrorDetails) {
    super('INSUFFICIENT_PERMISSIONS', message, options)
  }
}

/** Which connection an error is about, so that the product can offer to renew it. */
export interface ConnectionErrorDetails extends SdkErrorDetails {
  /** The id of its definition, such as `shopify`. */
  readonly connection?: string | undefined
  readonly connectionId?: string | undefined
}

const aboutConnection = ({ connection, connectionId, ...options }: ConnectionErrorDetails): SdkErrorDetails => {
  const about = {
    ...(connection === undefined ? {} : { connection }),
    ...(connectionId === undefined ? {} : { connectionId }),
  }
  return Object.keys(about).length === 0 ? options : { ...options, details: { ...options.details, ...about } }
}

/** The connection to the outside service has to be renewed by its owner. The product offers that, and repeats the call. */
export class ConnectionExpiredError extends ServerFunctionError {
  override readonly name = 'ConnectionExpiredError'

  constructor(message: string, options: ConnectionErrorDetails = {}) {
    super('CONNECTION_EXPIRED', message, aboutConnection(options))
  }
}

/** Nobody has connected the outside service yet. The product offers that, and repeats the call. */
export class ConnectionNotFoundError extends ServerFunctionError {
  override readonly name = 'ConnectionNotFoundError'

  constructor(message: string, options: ConnectionErrorDetails = {}) {
    super('CONNECTION_NOT_FOUND', message, aboutConnection(options))
  }
}

/** The error of a server function as the class it was thrown as. Any other error stays what it is. */
export const toServerError = (error: unknown): unknown => {
  if (!(error instanceof SdkError) || error instanceof ServerFunctionError) return error
  const { code, message, fields, retryAfterSeconds, details } = error
  switch (code) {
    case 'INVALID_INPUT':
      return new InvalidInputError(message, fields, error)
    case 'NOT_FOUND':
      return new NotFoundError(message, error)
    case 'CONFLICT':
      return new ConflictError(message, error)
    case 'RATE_LIMITED':
      return new RateLimitError(message, retryAfterSeconds ?? 0, error)
    case 'UPSTREAM_SERVICE_ERROR':
      return new UpstreamServiceError(message, typeof details?.status === 'number' ? details.status : 0, error)
    case 'INSUFFICIENT_PERMISSIONS':
      return new InsufficientPermissionsError(message, error)
    case 'CONNECTION_EXPIRED':
      return new ConnectionExpiredError(message, error)
    case 'CONNECTION_NOT_FOUND':
      return new ConnectionNotFoundError(message, error)
    default:
      return error
  }
}
