const queries = new Map<string, string>()

/** What was last searched on each ticket, for as long as the page is open. */
export const lastQuery = {
  of: (recordId: string): string => queries.get(recordId) ?? '',
  remember: (recordId: string, query: string): void => void queries.set(recordId, query),
}
