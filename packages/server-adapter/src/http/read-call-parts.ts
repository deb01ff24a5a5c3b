import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import { type CallFile, FILE_LIMITS, isFileId, toFileName, toMediaType } from '@souk/extension-sdk/protocol'
import { deferred } from '../runtime/deferred'
import { invalidInput, isSoukError, SoukError } from '../souk-error'
import { readStorableJson, requireMediaType } from './read-body'
import type { Upload } from './route'

const CALL_PART = 'call'
/** Bytes of boundaries and headers of parts, at most. */
const MAX_FRAMING_BYTES = 64 * 1024

const tooLarge = (what: string) => new SoukError('PAYLOAD_TOO_LARGE', `${what} Send less at a time.`)

/**
 * Reads a call that brings files, as it arrives: first the part `call`, so that a call that is refused costs no more than that. The files are
 * read when they are asked for; until then whoever sends them waits.
 *
 * @param maxCallBytes Of the part `call`.
 */
export const readCallParts = async (request: Request, maxCallBytes: number): Promise<Upload> => {
  requireMediaType(request, ['multipart/form-data'])
  const maxBytes = maxCallBytes + FILE_LIMITS.callBytes + MAX_FRAMING_BYTES
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes)
    throw tooLarge(`The body is larger than ${maxBytes} bytes.`)
  const call = deferred<unknown>()
  const wanted = deferred<(bytes: number) => void>()
  const done = deferred<void>()
  const files = new Map<string, Promise<CallFile>>()
  const reading = new AbortController()
  // Whoever still waits for them is told; nobody may be waiting.
  for (const { promise } of [call, done]) promise.catch(() => {})

  const fail = (error: unknown): void => {
    const told = isSoukError(error) ? error : invalidInput('The body is not the form of a call, or broke off.')
    call.reject(told)
    done.reject(told)
    reading.abort(told)
  }

  const readFile = async (id: string, stream: AsyncIterable<Buffer>, name: string, type: string): Promise<CallFile> => {
    const hold = await wanted.promise
    const chunks: Buffer[] = []
    for await (const chunk of stream) {
      hold(chunk.byteLength)
      chunks.push(chunk)
    }
    return { id, name, type, bytes: new Uint8Array(Buffer.concat(chunks)) }
  }

  const parser = createParser(request.headers.get('content-type') ?? '', maxCallBytes)
  parser.on('field', (_name, text, _isNameCut, isCut) => {
    if (isCut) return fail(tooLarge(`The part ${CALL_PART} is larger than ${maxCallBytes} bytes.`))
    try {
      call.resolve(readStorableJson(text))
    } catch (error) {
      fail(error)
    }
  })
  let hasCall = false
  parser.once('field', () => {
    hasCall = true
  })
  parser.on('file', (id, stream, filename: string | undefined, _encoding, type) => {
    // What nobody reads any more has to fail nothing.
    stream.on('error', () => {})
    if (!hasCall) return fail(invalidInput(`The part ${CALL_PART} has to come before the files.`))
    if (!isFileId(id) || files.has(id))
      return fail(invalidInput('Each file has to be in a part of its own, named by its handle.'))
    stream.on('limit', () => fail(tooLarge(`A file is larger than ${FILE_LIMITS.fileBytes} bytes.`)))
    const file = readFile(id, stream, toFileName(filename ?? ''), toMediaType(type))
    file.catch(fail)
    files.set(id, file)
  })
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(limit, () => fail(tooLarge(`A call brings at most ${FILE_LIMITS.filesPerCall} files.`)))

  let size = 0
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLarge(`The body is larger than ${maxBytes} bytes.`)
      yield chunk
    }
  }
  // The types of the stream are those of the DOM; it is the one of Node.
  const body = Readable.fromWeb((request.body ?? new Blob([]).stream()) as Parameters<typeof Readable.fromWeb>[0])
  pipeline(body, counted, parser, { signal: reading.signal }).then(
    () => (hasCall ? done.resolve() : fail(invalidInput(`The form has no part ${CALL_PART}.`))),
    fail,
  )

  return {
    call: await call.promise,
    async files(hold) {
      wanted.resolve(hold)
      await done.promise
      return Promise.all(files.values())
    },
    discard: () => reading.abort(),
  }
}

const createParser = (contentType: string, maxCallBytes: number) => {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (name) => name !== CALL_PART,
      limits: {
        fieldNameSize: 100,
        fieldSize: maxCallBytes,
        fields: 1,
        fileSize: FILE_LIMITS.fileBytes,
        files: FILE_LIMITS.filesPerCall,
        headerPairs: 20,
        headerSize: 4096,
      },
    })
  } catch {
    throw invalidInput('The form has no boundary. Send it as a browser sends FormData.')
  }
}
