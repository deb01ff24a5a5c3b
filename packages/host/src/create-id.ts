/** 128 random bits as text. Unlike `crypto.randomUUID` it exists on pages served without TLS, too. */
export const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
