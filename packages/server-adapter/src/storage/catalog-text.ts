/** The key the catalogue is sorted by. Computed here, not by the database, so that no locale changes the order. */
export const catalogSortKey = (title: string): string => fold(title).slice(0, 200)

/** What a search looks through. */
export const catalogSearchText = (app: { title: string; description: string; slug: string }): string =>
  fold(`${app.title}\n${app.description}\n${app.slug}`)

/** The words of a search; each must be in the text. */
export const catalogSearchWords = (search: string | undefined): readonly string[] =>
  fold(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20)

// Without case and accents, and without NUL, which Postgres cannot hold.
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}|\0/gu, '')
    .toLowerCase()
