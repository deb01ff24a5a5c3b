import { InvalidInputError } from '../errors/server-errors'
import { decodeValue, encodeValue } from '../protocol/function-call'
import { isName, isRefusal, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import type { FakeAnswers } from './fake-answers'

/** As on the platform. Bytes of UTF-8. */
const MAX_VALUE_BYTES = 256 * 1024

interface Stored {
  readonly key: string
  /** Encoded, so that nobody holds what somebody else changes. */
  readonly text: string
  readonly expiresAt: Date | null
}

const encode = (value: unknown): string => {
  if (value === undefined) throw new InvalidInputError('undefined cannot be stored. Remove the key instead.')
  const encoded = encodeValue(value, 'The value')
  if (isRefusal(encoded)) throw new SdkError('VALUE_NOT_SENDABLE', encoded.refused)
  if (new TextEncoder().encode(encoded.text).length > MAX_VALUE_BYTES)
    throw new SdkError('PAYLOAD_TOO_LARGE', `A value may have ${MAX_VALUE_BYTES} bytes. Store it in parts.`)
  return encoded.text
}

const decode = (text: string): unknown => {
  const decoded = decodeValue(text)
  if (isRefusal(decoded)) throw new SdkError('INVALID_MESSAGE', decoded.refused)
  return decoded.value
}

const keyOf = ({ key }: Readonly<Record<string, unknown>>): string => {
  if (isName(key, 500)) return key
  throw new InvalidInputError('A key must be a text of 1 to 500 characters.')
}

const expiryOf = (ttlSeconds: unknown): Date | null => {
  if (ttlSeconds === undefined) return null
  if (typeof ttlSeconds !== 'number' || !(ttlSeconds > 0))
    throw new InvalidInputError('ttlSeconds must be more than 0.')
  return new Date(Date.now() + Math.ceil(ttlSeconds * 1000))
}

/** Values by key as the platform keeps them, in memory: the answers to the questions of `storage`, by their names. */
export const createFakeStorage = (): FakeAnswers => {
  /** By collection and connection, each by key. */
  const collections = new Map<string, Map<string, Stored>>()

  const collectionOf = ({ collection, connectionId }: Readonly<Record<string, unknown>>): Map<string, Stored> => {
    const name = JSON.stringify([collection, connectionId])
    const found = collections.get(name) ?? new Map<string, Stored>()
    collections.set(name, found)
    for (const [key, { expiresAt }] of found) if (expiresAt && expiresAt.getTime() <= Date.now()) found.delete(key)
    return found
  }

  return {
    'storage.get': (request) => {
      const found = collectionOf(request).get(keyOf(request))
      return found && decode(found.text)
    },
    'storage.set': (request) => {
      const collection = collectionOf(request)
      const key = keyOf(request)
      const text = encode(request.value)
      const current = collection.get(key)?.text
      if (request.ifAbsent === true && current !== undefined) return false
      if (request.ifEquals !== undefined && current !== encode(request.ifEquals)) return false
      collection.set(key, { key, text, expiresAt: expiryOf(request.ttlSeconds) })
      return true
    },
    'storage.remove': (request) => collectionOf(request).delete(keyOf(request)),
    'storage.list': (request) => {
      const { prefix = '', cursor, limit = 100 } = request
      const after = isString(cursor) ? cursor : undefined
      const fitting = [...collectionOf(request).values()]
        .filter(({ key }) => key.startsWith(String(prefix)) && (after === undefined || key > after))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
      const items = fitting.slice(0, Math.min(Math.max(Number(limit), 1), 100))
      return {
        items: items.map(({ key, text, expiresAt }) => ({ key, value: decode(text), expiresAt })),
        nextCursor: items.length < fitting.length ? (items.at(-1)?.key ?? null) : null,
      }
    },
  }
}
