/**
 * Replaces NUL, which Postgres text cannot hold, by U+FFFD: the lookup of such a name finds nothing instead of failing.
 */
export const cleanParams = (params: readonly unknown[] = []): unknown[] => params.map(clean)

const clean = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(clean)
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
}
