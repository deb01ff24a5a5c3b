import { toStorableText } from './storable-text'

/** Shorter values are words that occur by chance; replacing them would ruin the text and protect nothing. */
const MIN_LENGTH = 6

/** Replaces the values of secrets in a text, also where the text is JSON and they are escaped. */
export const createRedactor = (secrets: Iterable<string>): ((text: string) => string) => {
  const forms = [...secrets]
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(toStorableText(secret))])
  const values = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return (text) => values.reduce((result, value) => result.replaceAll(value, '[secret]'), text)
}
