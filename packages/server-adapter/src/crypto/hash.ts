import { createHash } from 'node:crypto'

/** SHA-256 in lower-case hex. */
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

const SHA256 = /^[0-9a-f]{64}$/

export const isSha256 = (value: unknown): value is string => typeof value === 'string' && SHA256.test(value)
