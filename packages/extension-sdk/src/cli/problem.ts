import type { PublishCheck } from '../protocol'
import { isName, isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'

const isCheck = (value: unknown): value is PublishCheck =>
  isRecord(value) &&
  [value.code, value.field, value.message, value.fix].every(isString) &&
  (value.severity === 'error' || value.severity === 'warning')

/** Makes an error of an answer that was not 2xx. Anything may stand in it: a proxy may have answered. */
export const problemToError = (status: number, body: unknown, request: string): SdkError => {
  if (!isRecord(body) || !isName(body.code, 100))
    return new SdkError(
      'API_RESPONSE_INVALID',
      `${request} answered ${status} without a Souk error. Check that the URL is the base of a Souk API, such as ` +
        'https://example.com/api/souk.',
    )
  const { code, fields, retryAfterSeconds, traceId, checks } = body
  const sentence = [body.message, body.detail, body.title].find((text) => isName(text, 10_000))
  return new SdkError(code, isString(sentence) ? sentence : `${request} answered ${status}.`, {
    ...(isRecord(fields) && Object.values(fields).every(isString) ? { fields: fields as Record<string, string> } : {}),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
    ...(isName(traceId) ? { traceId } : {}),
    ...(Array.isArray(checks) ? { checks: checks.filter(isCheck) } : {}),
  })
}
