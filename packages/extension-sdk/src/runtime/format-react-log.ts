import { captureOwnerStack } from 'react'
import { formatLog, formatValue } from './format-log'

/** Puts values where the first one has a placeholder, as a console does. React writes its warnings this way. */
const fill = ([format, ...rest]: readonly unknown[]): readonly unknown[] => {
  if (typeof format !== 'string') return [format, ...rest]
  const text = format.replace(/%[sdifoOc]/g, (token) => {
    if (rest.length === 0) return token
    const value = formatValue(rest.shift())
    return token === '%c' ? '' : value
  })
  return [text, ...rest]
}

/** What was logged as text, with the components a warning of React came through, which it tells only on request. */
export const formatReactLog = (values: readonly unknown[]): string => {
  const stack = captureOwnerStack() ?? ''
  return formatLog([formatLog(fill(values)) + stack])
}
