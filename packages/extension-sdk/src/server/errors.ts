import type { ErrorCode } from '../protocol'

/** An error that a server function throws on purpose: its code, message and fields reach the caller, its stack does not. */
export class ServerFunctionError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.name = new.target.name
  }
}

/** The caller's input was refused. `fields` holds a sentence for each field at fault, by its name in the form. */
export class InvalidInputError extends ServerFunctionError {
  readonly fields: Readonly<Record<string, string>>

  constructor(message: string, fields: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super('INVALID_INPUT', message, options)
    this.fields = fields
  }
}

/** What the caller asked for does not exist. */
export class NotFoundError extends ServerFunctionError {
  constructor(message: string, options?: ErrorOptions) {
    super('NOT_FOUND', message, options)
  }
}

/** The state changed in the meantime, or does not allow this. */
export class ConflictError extends ServerFunctionError {
  constructor(message: string, options?: ErrorOptions) {
    super('CONFLICT', message, options)
  }
}

/** The outside service wants fewer requests. */
export class RateLimitError extends ServerFunctionError {
  /** Seconds until another try makes sense. */
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super('RATE_LIMITED', message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The outside service failed. */
export class UpstreamServiceError extends ServerFunctionError {
  /** The HTTP status it answered with. */
  readonly status: number

  constructor(message: string, status: number, options?: ErrorOptions) {
    super('UPSTREAM_SERVICE_ERROR', message, options)
    this.status = status
  }
}

/** The outside service refused the credentials, or they do not allow this. */
export class InsufficientPermissionsError extends ServerFunctionError {
  constructor(message: string, options?: ErrorOptions) {
    super('INSUFFICIENT_PERMISSIONS', message, options)
  }
}

/** The connection to the outside service has to be renewed by its owner. */
export class ConnectionExpiredError extends ServerFunctionError {
  constructor(message: string, options?: ErrorOptions) {
    super('CONNECTION_EXPIRED', message, options)
  }
}
