import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** A new id: 128 random bits as 26 lower-case base32 characters, so that it is also a label of a host name. */
export const createId = (): string => {
  let id = ''
  let bits = 0
  let held = 0
  for (const byte of randomBytes(16)) {
    held = ((held & 0x1f) << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      id += ALPHABET[(held >> bits) & 31]
    }
  }
  return id + ALPHABET[(held << (5 - bits)) & 31]
}

const ID = /^[a-z2-7]{26}$/

export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)
