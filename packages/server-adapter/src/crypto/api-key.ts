import { randomBytes } from 'node:crypto'
import { sha256 } from './hash'

export const API_KEY_PREFIX = 'souk_'
const API_KEY = /^souk_[A-Za-z0-9_-]{43}$/

/** A new key of the developer API: the prefix lets secret scanners recognise it. */
export const createApiKey = (): string => API_KEY_PREFIX + randomBytes(32).toString('base64url')

/** A key has 256 random bits, so that a plain hash is enough: there is nothing to guess. */
export const hashApiKey = (key: string): string => sha256(key)

export const isApiKey = (value: string): boolean => API_KEY.test(value)
