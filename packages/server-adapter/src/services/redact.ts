import { toStorableText } from './storable-text'

/** Shorter values are words that occur by chance; replacing them would ruin the text and protect nothing. */
const MIN_LENGTH = 6

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1)

/**
 * Replaces the values of secrets in a text, also where they are escaped in JSON, in JSON inside JSON, or in a URL.
 * It catches slips, such as a service that echoes its headers. App code that wants to hide a value it may read can encode it.
 */
export const createRedactor = (secrets: Iterable<string>): ((text: string) => string) => {
  const forms = [...secrets]
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [
      secret,
      quoted(secret),
      quoted(quoted(secret)),
      encodeURIComponent(toStorableText(secret)),
      Buffer.from(secret).toString('base64'),
    ])
  const values = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return (text) => values.reduce((result, value) => result.replaceAll(value, '[secret]'), text)
}
