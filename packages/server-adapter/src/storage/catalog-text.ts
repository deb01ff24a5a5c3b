/** The key the catalogue is sorted by. Computed here, not by the database, so that no locale changes the order. */
export const catalogSortKey = (title: string): string => fold(title).slice(0, 200)

/** What a search looks through. */
export const catalogSearchText = (app: { title: string; description: string; slug: string }): string =>
  fold(`${app.title}\n${app.description}\n${app.slug}`)

/** The words of a search; each must begin a word of the text. */
export const catalogSearchWords = (search: string | undefined): readonly string[] =>
  splitCatalogWords(fold(search ?? '')).slice(0, 20)

/** The different words of a text that was folded, none longer than 64 characters. */
export const splitCatalogWords = (folded: string): readonly string[] => {
  const words = folded.split(' ').filter((word) => word !== '')
  return [...new Set(words.map((word) => [...word].slice(0, 64).join('')))]
}

// Words of letters and digits with one space between, without case and accents.
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    // Lower case may bring marks of its own.
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
