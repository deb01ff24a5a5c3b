/** A shorter value would tear holes in ordinary words, and keeps no secret anyway. */
const SHORTEST = 4

/** Makes a function that blots credentials out of text, also where they were URL-encoded or put in base64. */
export const createRedactor = (credentials: Readonly<Record<string, string>>): ((text: string) => string) => {
  const forms = Object.values(credentials)
    .filter((value) => value.length >= SHORTEST)
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
      JSON.stringify(value).slice(1, -1),
    ])
  // The longest first: a credential may contain another.
  const unique = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return (text) => unique.reduce((current, form) => current.replaceAll(form, '[redacted]'), text)
}
