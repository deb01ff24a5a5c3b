import { isErrorDetails, isName, isRecord, isString, type WireError } from '@souk/extension-sdk/protocol'
import { GUEST_BOUNDS } from '../guest-messages'

/** App code may throw anything, also an object whose getters throw. */
const read = (value: unknown, key: string): unknown => {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  } catch {
    return undefined
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, string>> | undefined => {
  if (!isRecord(value)) return undefined
  const entries = Object.entries(value)
    .filter((entry): entry is [string, string] => isName(entry[0]) && isString(entry[1]))
    .slice(0, GUEST_BOUNDS.fields)
    .map(([path, message]) => [path, message.slice(0, GUEST_BOUNDS.fieldLength)])
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** Deno's own words name a flag that nobody here can pass, and paths of this machine. They are in the log. */
const NOT_CAPABLE =
  'The server function used something that is closed to it, such as files, processes or sockets. It reaches the outside with fetch.'

/** What the caller may know of something that was thrown. Never its stack. The host lets no code pass that Souk does not have. */
export const describeFailure = (thrown: unknown, otherwise: 'FUNCTION_FAILED' | 'FUNCTION_LOAD_FAILED'): WireError => {
  const code = read(thrown, 'code')
  const message = read(thrown, 'name') === 'NotCapable' ? NOT_CAPABLE : read(thrown, 'message')
  const fields = fieldsOf(read(thrown, 'fields'))
  const retryAfterSeconds = read(thrown, 'retryAfterSeconds')
  const details = read(thrown, 'details')
  return {
    code: isName(code, 100) ? code : otherwise,
    message: (isString(message) && message !== ''
      ? message
      : 'The function threw something that is not an Error.'
    ).slice(0, GUEST_BOUNDS.messageLength),
    ...(fields ? { fields } : {}),
    ...(typeof retryAfterSeconds === 'number' && Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds } : {}),
    ...(isErrorDetails(details) ? { details } : {}),
  }
}

/** For the developer's log. */
export const stackOf = (thrown: unknown, bundleUrl: string): string => {
  const stack = read(thrown, 'stack')
  if (!isString(stack)) return describeFailure(thrown, 'FUNCTION_FAILED').message
  return bundleUrl === '' ? stack : stack.replaceAll(bundleUrl, 'server.js')
}
