import { ERROR_CODES, type ErrorCode, type Problem } from '@souk/extension-sdk/protocol'
import { isSoukError, SoukError } from '../souk-error'
import { isStorageError } from '../storage'

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  DEVICE_AUTHORIZATION_PENDING: 400,
  DEVICE_SLOW_DOWN: 400,
  DEVICE_CODE_EXPIRED: 400,
  DEVICE_ACCESS_DENIED: 400,
  DEVICE_CODE_INVALID: 400,
  UNSUPPORTED_GRANT_TYPE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_ORIGIN: 403,
  NOT_FOUND: 404,
  FUNCTION_NOT_FOUND: 404,
  METHOD_NOT_FOUND: 405,
  WEBHOOK_GONE: 410,
  CONFLICT: 409,
  ROLLOUT_HALTED: 409,
  VERSION_EXISTS: 409,
  QUOTA_EXCEEDED: 409,
  APP_NOT_INSTALLED: 409,
  DEPLOYMENT_NOT_RUNNABLE: 409,
  CONSENT_REQUIRED: 409,
  NOT_CONFIGURED: 409,
  CONNECTION_EXPIRED: 409,
  CONNECTION_NOT_FOUND: 409,
  CONNECTION_REFUSED: 422,
  CONNECTION_STATE_INVALID: 400,
  PAYLOAD_TOO_LARGE: 413,
  URL_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_INPUT: 422,
  INVALID_MANIFEST: 422,
  BUNDLE_HASH_MISMATCH: 422,
  PUBLISH_CHECKS_FAILED: 422,
  VALUE_NOT_SENDABLE: 422,
  INSUFFICIENT_PERMISSIONS: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  ABORTED: 499,
  BODY_CONSUMED: 500,
  INTERNAL: 500,
  UPSTREAM_SERVICE_ERROR: 502,
  FUNCTION_FAILED: 502,
  FUNCTION_CRASHED: 502,
  FUNCTION_MEMORY: 502,
  FUNCTION_CPU: 502,
  FUNCTION_LOAD_FAILED: 502,
  FUNCTION_RESULT_TOO_LARGE: 502,
  EGRESS_DENIED: 502,
  EGRESS_PRIVATE_ADDRESS: 502,
  EGRESS_LIMIT: 502,
  EGRESS_FAILED: 502,
  STORAGE_UNAVAILABLE: 503,
  SHUTTING_DOWN: 503,
  RUNTIME_UNAVAILABLE: 503,
  FUNCTION_OVERLOADED: 503,
  WEBHOOK_NOT_ACCEPTED: 503,
  FUNCTION_TIMEOUT: 504,
}

/** The codes an answer can carry, for the OpenAPI document and for clients. */
export const statusOf = (code: ErrorCode): number => STATUS[code] ?? 500

/** What the caller may know of a failure. Anything that is not one of ours becomes `INTERNAL`, without its message. */
export const toSoukError = (error: unknown): SoukError => {
  if (isSoukError(error)) return error
  if (isStorageError(error)) {
    if (error.code === 'UNAVAILABLE')
      return new SoukError('STORAGE_UNAVAILABLE', 'The database did not answer. Wait a moment and try again.', {
        cause: error,
        retryAfterSeconds: 2,
      })
    if (error.code === 'INVALID_CURSOR')
      return new SoukError('INVALID_INPUT', 'The cursor is not one of this list. Start again without a cursor.', {
        fields: { cursor: 'Not a cursor of this list.' },
      })
    if (error.code === 'QUOTA_EXCEEDED')
      return new SoukError(
        'QUOTA_EXCEEDED',
        `${error.message} Bundles that no deployment uses are removed after a while; ask the marketplace for more room.`,
        { cause: error },
      )
    if (error.code === 'CONFLICT')
      return new SoukError('CONFLICT', 'Somebody else changed this just now. Reload it and try again.', {
        cause: error,
      })
  }
  return new SoukError('INTERNAL', 'Something failed on the server. Try again; if it stays, report the trace id.', {
    cause: error,
  })
}

/** RFC 6749, 5.2 and RFC 8628, 3.5. What is not here is `invalid_request`, or `server_error` from 500 on. */
const OAUTH_ERRORS: Readonly<Partial<Record<ErrorCode, string>>> = {
  DEVICE_AUTHORIZATION_PENDING: 'authorization_pending',
  DEVICE_SLOW_DOWN: 'slow_down',
  DEVICE_CODE_EXPIRED: 'expired_token',
  DEVICE_ACCESS_DENIED: 'access_denied',
  DEVICE_CODE_INVALID: 'invalid_grant',
  UNSUPPORTED_GRANT_TYPE: 'unsupported_grant_type',
  RATE_LIMITED: 'slow_down',
}

/** An error as it is told to callers. */
export const toProblem = (error: SoukError, traceId: string, status = statusOf(error.code)): Problem => ({
  type: `urn:souk:error:${error.code}`,
  title: ERROR_CODES[error.code],
  status,
  detail: error.message,
  code: error.code,
  message: error.message,
  traceId,
  ...(error.fields ? { fields: error.fields } : {}),
  ...(error.checks ? { checks: error.checks } : {}),
  ...(error.details ? { details: error.details } : {}),
  ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
})

/** @param oauth Whether an OAuth client asked, which reads `error` and knows no media type but JSON. */
export const problemResponse = (error: SoukError, traceId: string, oauth = false): Response => {
  // OAuth knows one status for what was wrong with a request.
  const status = oauth && error.code === 'INVALID_INPUT' ? 400 : statusOf(error.code)
  const problem = {
    ...toProblem(error, traceId, status),
    ...(oauth
      ? {
          error: OAUTH_ERRORS[error.code] ?? (status < 500 ? 'invalid_request' : 'server_error'),
          error_description: error.message,
        }
      : {}),
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'content-type': oauth ? 'application/json' : 'application/problem+json',
      ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) }),
    },
  })
}
