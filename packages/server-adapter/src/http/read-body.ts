import { isPrototypeKey } from '@souk/extension-sdk/protocol'
import { isStorableText } from '../services/storable-text'
import { invalidInput, isSoukError, SoukError } from '../souk-error'

const MAX_JSON_DEPTH = 32

const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

export const requireMediaType = (request: Request, allowed: readonly string[]): void => {
  if (!allowed.includes(mediaTypeOf(request)))
    throw new SoukError('UNSUPPORTED_MEDIA_TYPE', `The body has to be sent with the content type ${allowed[0]}.`)
}

/** Reads a body and stops as soon as it is over the limit, whatever its headers say. */
export const readBytes = async (request: Request, maxBytes: number): Promise<Uint8Array> => {
  const tooLarge = () =>
    new SoukError('PAYLOAD_TOO_LARGE', `The body is larger than ${maxBytes} bytes, which is the limit here. Send less.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size > maxBytes) throw tooLarge()
      chunks.push(value)
    }
  } catch (error) {
    // Not awaited: a stream that already failed may never settle its cancel.
    reader.cancel().catch(() => {})
    throw isSoukError(error) ? error : invalidInput('The body broke off before its end. Send it again.')
  }
  return new Uint8Array(Buffer.concat(chunks, size))
}

/** Reads JSON that may be stored: bounded in size and depth, without prototype keys, NUL or broken unicode. */
export const readJson = async (request: Request, maxBytes: number): Promise<unknown> => {
  requireMediaType(request, ['application/json'])
  const bytes = await readBytes(request, maxBytes)
  if (bytes.byteLength === 0) return {}
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw notJson()
  }
  return readStorableJson(text)
}

/** The value of a text of JSON, if it may be stored. */
export const readStorableJson = (text: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notJson()
  }
  return requireStorable(value)
}

const notJson = () => invalidInput('The body is not JSON in UTF-8. Check its syntax and send it again.')

/** Reads a form; of a field that comes twice, which OAuth forbids, nothing is taken. */
export const readForm = async (request: Request, maxBytes: number): Promise<unknown> => {
  requireMediaType(request, ['application/x-www-form-urlencoded'])
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(request, maxBytes)))
  const names = [...form.keys()]
  if (new Set(names).size < names.length) throw invalidInput('A field of the form comes twice. Send each once.')
  // A null prototype, so that a field is never taken for something inherited.
  return requireStorable(Object.assign(Object.create(null), Object.fromEntries(form)))
}

/** The value, if it may be stored: bounded in depth, without prototype keys, NUL or broken unicode. */
export const requireStorable = (value: unknown): unknown => {
  const problem = findProblem(value)
  if (problem) throw invalidInput(`The body was refused: ${problem}`)
  return value
}

// Level by level and not by recursion: the depth is the sender's.
const findProblem = (root: unknown): string | undefined => {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_JSON_DEPTH) return `it is nested deeper than ${MAX_JSON_DEPTH} levels.`
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && !isStorableText(value))
        return 'a text contains NUL or half of a surrogate pair. Send well-formed unicode.'
      if (typeof value !== 'object' || value === null) continue
      if (!Array.isArray(value)) {
        for (const key of Object.keys(value)) {
          if (isPrototypeKey(key)) return `a key is named ${key}, which is not allowed.`
          if (!isStorableText(key)) return 'a key contains NUL or half of a surrogate pair.'
        }
      }
      for (const child of Object.values(value)) next.push(child)
    }
    level = next
  }
  return undefined
}
