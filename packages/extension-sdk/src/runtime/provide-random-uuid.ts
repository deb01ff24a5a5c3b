/**
 * Gives `crypto.randomUUID` where the browser holds it back: a worker of an opaque origin is no secure context, whatever served it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
 */
export const provideRandomUuid = (crypto: Pick<Crypto, 'getRandomValues'> & { randomUUID?: unknown }) => {
  if (typeof crypto.randomUUID === 'function') return
  const randomUUID = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    const hex = Array.from(bytes, (byte, index) => {
      // The version and the variant stand in these two bytes.
      const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
      return value.toString(16).padStart(2, '0')
    }).join('')
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true })
}
