// With the u flag a surrogate matches only when its other half is missing.
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Whether every database holds the text: it has no NUL and no half of a surrogate pair. */
export const isStorableText = (text: string): boolean => !UNSTORABLE.test(text)

/** The text with what cannot be stored replaced. */
export const toStorableText = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD')
