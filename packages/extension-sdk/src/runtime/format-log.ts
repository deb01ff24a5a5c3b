const MAX_LENGTH = 2_000

export const formatValue = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value instanceof Error) return value.stack ?? `${value.name}: ${value.message}`
  if (typeof value === 'function') return `[function ${value.name}]`
  if (typeof value !== 'object' || value === null) return String(value)
  try {
    return (
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ?? String(value)
    )
  } catch {
    return Object.prototype.toString.call(value)
  }
}

/** What was logged, as the text that crosses the bridge. */
export const formatLog = (values: readonly unknown[]): string => {
  const text = values.map(formatValue).join(' ')
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
