import { randomBytes, randomInt } from 'node:crypto'
import { sha256 } from './hash'

/** 256 random bits: nobody guesses it, so that a plain hash of it is enough to keep. */
export const createToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): string => sha256(token)

// RFC 8628, 6.1: no vowels, so that no words come out, and nothing that is taken for something else.
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

/** Eight letters, 34 bits, in two groups: what a person types. */
export const createUserCode = (): string => {
  const letters = Array.from({ length: 8 }, () => USER_CODE_LETTERS[randomInt(USER_CODE_LETTERS.length)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** The code as it was given out, however it was typed: small letters, spaces, no dash. */
export const normalizeUserCode = (typed: string): string => {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
