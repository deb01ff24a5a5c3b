import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeValue, encodeValue, isErrorCode, isRefusal, type WireError } from '@souk/extension-sdk/protocol'
import { sha256 as hashOf } from '../../crypto/hash'
import { statusOf } from '../../http/problem'
import { isSoukError, SoukError } from '../../souk-error'
import { deferred } from '../deferred'
import { createFrameReader, encodeFrame, type Frame } from '../frame-codec'
import type { FunctionOutcome, FunctionRuntime, LoadedBundle, PartSink, PlatformCalls } from '../function-runtime'
import { isBoundedJson } from '../is-bounded-json'
import { createPartCredit, PART_WINDOW_BYTES } from '../part-window'
import { createBundleCache } from './bundle-cache'
import { CALL_AUDIENCE, type CallKeys, createCallVerifier, type SignedContent } from './call-token'
import {
  type BundleName,
  type ProductMessage,
  parseProductMessage,
  parseWorkerOrder,
  WORKER_HEADER_BYTES,
  type WorkerMessage,
  type WorkerOrder,
} from './worker-messages'

export interface FunctionWorkerOptions {
  /** What runs the functions on this machine: `createHardenedRuntime()` or `createProcessRuntime()`. The worker disposes of it. */
  readonly runtime: FunctionRuntime
  readonly keys: CallKeys
  /** Who the worker is to products that sign with the same key. Default `souk-functions`. */
  readonly audience?: string
  /** Calls at a time; more are sent to another worker. Default 256. */
  readonly concurrentCalls?: number
  /** Bytes of memory for bundles. Default 256 MiB. */
  readonly bundleCacheBytes?: number
  /** How long a request may take to bring its call, or the bundle that was asked for, in milliseconds. Default 10,000. */
  readonly arrivalMs?: number
  /** Told of what failed and is not the product's to know. Default: `console.error`. */
  readonly onError?: (error: unknown) => void
}

/** Runs server functions for products that have the key. Mount `listener` on an HTTP server of its own. */
export interface FunctionWorker {
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
  /** Refuses new calls, so that they go elsewhere, and waits for those that run. */
  close(): Promise<void>
}

const MEBIBYTE = 1024 * 1024
/** Of what follows a call: bundles, and answers of the platform. */
const BODY_BYTES = 32 * MEBIBYTE
const RETRY_SECONDS = 1

const busy = (): SoukError =>
  new SoukError('FUNCTION_OVERLOADED', 'This worker takes no more calls now. Ask another one, or try again.', {
    retryAfterSeconds: RETRY_SECONDS,
  })

const gone = (): SoukError => new SoukError('ABORTED', 'The product has gone.')

export const createFunctionWorker = (options: FunctionWorkerOptions): FunctionWorker => {
  const {
    runtime,
    concurrentCalls = 256,
    arrivalMs = 10_000,
    onError = (error) => console.error('souk', error),
  } = options
  const verify = createCallVerifier(options.keys, options.audience ?? CALL_AUDIENCE)
  const bundles = createBundleCache(options.bundleCacheBytes ?? 256 * MEBIBYTE)
  const running = new Set<Promise<void>>()
  /** Who could send a bundle, by its hash: a process that starts for one caller serves others too, and that one may leave. */
  const senders = new Map<string, Set<Exchange>>()
  let isClosing = false

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    if (request.method === 'GET' && path === '/health') {
      if (isClosing) throw busy()
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}')
      return
    }
    if (request.method !== 'POST' || path !== '/v1/functions')
      throw new SoukError('NOT_FOUND', 'There is nothing at this address. Orders are sent to POST /v1/functions.')
    // Nothing of a body is read before this.
    const content = await verify(request.headers.authorization)
    // Beside calls there is room for as many orders again, which are short.
    if (isClosing || running.size > 2 * concurrentCalls) throw busy()
    const exchange = createExchange(request, response)
    const work = carryOut(exchange, content).finally(() => running.delete(work))
    running.add(work)
    await work
  }

  const carryOut = async (exchange: Exchange, content: SignedContent): Promise<void> => {
    const { order, body } = await readOrder(exchange, content, arrivalMs)
    if (order.type === 'call' && running.size > concurrentCalls) throw busy()
    exchange.begin()
    const finish = (error: SoukError | undefined) =>
      exchange.end(
        error ? { type: 'failed', error: toWireError(error), ...empty(runtime) } : { type: 'done', ...empty(runtime) },
      )
    if (order.type === 'call') return answerCall(exchange, order, body)
    const work =
      order.type === 'load'
        ? whileSending(exchange, order.bundle, (bundle) => runtime.load(bundle))
        : runtime.unload(order.installationId)
    await work.then(
      () => finish(undefined),
      (error: unknown) => finish(toSoukError(error)),
    )
  }

  const answerCall = async (
    exchange: Exchange,
    order: Extract<WorkerOrder, { type: 'call' }>,
    args: Uint8Array,
  ): Promise<void> => {
    const { bundle, mayAsk, takesParts, type: _, ...call } = order
    const outcome = await whileSending(exchange, bundle, (loaded) =>
      runtime.invoke({
        ...call,
        ...loaded,
        args: new TextDecoder().decode(args),
        signal: exchange.signal,
        ...(mayAsk ? { platform: exchange.ask } : {}),
        ...(takesParts ? { onPart: exchange.sendPart } : {}),
      }),
    )
    exchange.end(toReport(outcome, runtime), outcome.ok ? Buffer.from(outcome.result) : undefined)
  }

  /** Does what needs the bundle, which comes from here or else from a product that waits for it. */
  const whileSending = async <T>(
    exchange: Exchange,
    bundle: BundleName,
    work: (bundle: LoadedBundle) => Promise<T>,
  ): Promise<T> => {
    const { sha256 } = bundle
    const exchanges = senders.get(sha256) ?? new Set()
    senders.set(sha256, exchanges.add(exchange))
    try {
      return await work({ ...bundle, source: () => sourceOf(sha256) })
    } finally {
      exchanges.delete(exchange)
      if (exchanges.size === 0) senders.delete(sha256)
    }
  }

  const sourceOf = async (sha256: string): Promise<string> => {
    const known = bundles.get(sha256)
    if (known !== undefined) return known
    const source = await askSenders(sha256)
    if (hashOf(source) !== sha256)
      throw new SoukError(
        'BUNDLE_INTEGRITY',
        'The server bundle is not the one that was published. Deploy the app again.',
      )
    bundles.set(sha256, source)
    return source
  }

  const askSenders = async (sha256: string): Promise<string> => {
    let failure: unknown = gone()
    for (const exchange of senders.get(sha256) ?? [])
      try {
        return await exchange.askForBundle(arrivalMs)
      } catch (error) {
        failure = error
        // The others would be told the same.
        if (!exchange.signal.aborted) break
      }
    throw failure
  }

  const toSoukError = (error: unknown): SoukError => {
    if (isSoukError(error)) return error
    onError(error)
    return new SoukError('INTERNAL', 'The worker could not do this. Try again later.')
  }

  return {
    listener(request, response) {
      // Frames are small and answer one another: without this, TLS keeps each of them back for 40 ms.
      request.socket.setNoDelay(true)
      // Bytes of who was refused go nowhere.
      request.on('error', () => {})
      response.on('error', () => {})
      serve(request, response).catch((error: unknown) => {
        const known = toSoukError(error)
        if (response.headersSent) response.destroy()
        else refuse(response, known)
      })
    },
    async close() {
      isClosing = true
      await Promise.allSettled([...running])
      await runtime.dispose()
    },
  }
}

const empty = (runtime: FunctionRuntime) => ({ durationMs: 0, logs: [], stats: statsOf(runtime) })

const statsOf = (runtime: FunctionRuntime) => {
  const { processes, kills } = runtime.stats()
  return { processes, kills }
}

const toReport = (outcome: FunctionOutcome, runtime: FunctionRuntime): WorkerMessage => {
  const { durationMs, logs } = outcome
  const report = { durationMs, logs, stats: statsOf(runtime) }
  if (!outcome.ok) return { type: 'failed', error: outcome.error, ...report }
  return { type: 'done', ...(outcome.isStreamed ? { isStreamed: true } : {}), ...report }
}

const toWireError = ({ code, message, retryAfterSeconds }: SoukError): WireError => ({
  code,
  message,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
})

const refuse = (response: ServerResponse, error: SoukError): void => {
  const { code, message, retryAfterSeconds } = error
  response
    .writeHead(statusOf(code), {
      'content-type': 'application/problem+json',
      // What comes after a refusal on this connection is nothing that anybody would read.
      connection: 'close',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    })
    .end(JSON.stringify({ code, message }))
}

/** One request and its response, as messages. */
interface Exchange {
  /** Aborts when the product gave the call up, or is gone. */
  readonly signal: AbortSignal
  readFirst(sizeBytes: number): Promise<Uint8Array>
  /** Sends the headers of the response, which say that the order is taken. */
  begin(): void
  askForBundle(timeoutMs: number): Promise<string>
  readonly ask: PlatformCalls
  /** Sends a part; resolves when the product has room for another. */
  readonly sendPart: PartSink
  end(message: WorkerMessage, body?: Uint8Array): void
}

const createExchange = (request: IncomingMessage, response: ServerResponse): Exchange => {
  const ending = new AbortController()
  const questions = new Map<number, { resolve(body: Uint8Array): void; reject(error: SoukError): void }>()
  const reader = createFrameReader({ headerBytes: WORKER_HEADER_BYTES, bodyBytes: BODY_BYTES })
  let bundle = deferred<Uint8Array>()
  let first: { readonly bytes: Uint8Array; filled: number; readonly done: () => void } | undefined
  const credit = createPartCredit(PART_WINDOW_BYTES)
  let lastId = 0

  const send = (message: WorkerMessage, body?: Uint8Array): void => {
    if (!response.writableEnded && !response.destroyed) response.write(encodeFrame(message, body))
  }

  const stop = (error: SoukError): void => {
    ending.abort(error)
    bundle.promise.catch(() => {})
    bundle.reject(error)
    for (const { reject } of questions.values()) reject(error)
    questions.clear()
  }

  const receive = (message: ProductMessage, body: Uint8Array): void => {
    switch (message.type) {
      case 'bundle':
        bundle.resolve(body)
        return
      case 'no-bundle':
        bundle.reject(new SoukError('INTERNAL', 'The server bundle could not be read. Try again later.'))
        return
      case 'answer':
        take(message.id)?.resolve(body)
        return
      case 'ask-failed':
        take(message.id)?.reject(fromWireError(message.error))
        return
      case 'credit':
        credit.restore(message.bytes)
        return
      case 'abort':
        ending.abort(new SoukError('ABORTED', 'The caller gave the server function up.'))
        return
    }
  }

  const take = (id: number) => {
    const question = questions.get(id)
    questions.delete(id)
    return question
  }

  const readFrames = (chunk: Uint8Array): void => {
    try {
      for (const { header, body } of reader.push(chunk)) {
        const message = parseProductMessage(header)
        if (isRefusal(message)) throw new Error(message.refused)
        receive(message, body)
      }
    } catch {
      request.destroy()
    }
  }

  const onFirst = (chunk: Uint8Array): void => {
    if (!first) return
    const part = chunk.subarray(0, first.bytes.byteLength - first.filled)
    first.bytes.set(part, first.filled)
    first.filled += part.byteLength
    if (first.filled < first.bytes.byteLength) return
    // What follows is looked at only when the order was taken.
    request.off('data', onFirst)
    request.pause()
    if (part.byteLength < chunk.byteLength) request.unshift(chunk.subarray(part.byteLength))
    first.done()
  }

  // A response that is closed before its end has nobody who reads it.
  response.on('close', () => stop(gone()))

  return {
    signal: ending.signal,
    async readFirst(sizeBytes) {
      const { promise, resolve, reject } = deferred<Uint8Array>()
      const bytes = new Uint8Array(sizeBytes)
      first = { bytes, filled: 0, done: () => resolve(bytes) }
      ending.signal.addEventListener('abort', () => reject(gone()))
      request.on('data', onFirst)
      request.on('end', () => reject(gone()))
      return promise
    },
    begin() {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
      response.flushHeaders()
      request.on('data', readFrames)
      request.resume()
    },
    async askForBundle(timeoutMs) {
      ending.signal.throwIfAborted()
      bundle = deferred<Uint8Array>()
      send({ type: 'need-bundle' })
      const { reject } = bundle
      const timer = setTimeout(
        () => reject(new SoukError('RUNTIME_UNAVAILABLE', 'The product did not send the server bundle. Try again.')),
        timeoutMs,
      )
      try {
        return new TextDecoder().decode(await bundle.promise)
      } finally {
        clearTimeout(timer)
      }
    },
    async ask(operation, args, signal) {
      const encoded = encodeValue(args)
      if (isRefusal(encoded)) throw new SoukError('VALUE_NOT_SENDABLE', encoded.refused)
      signal.throwIfAborted()
      const { promise, resolve, reject } = deferred<Uint8Array>()
      const id = ++lastId
      const onAbort = () => take(id)?.reject(gone())
      signal.addEventListener('abort', onAbort)
      questions.set(id, { resolve, reject })
      send({ type: 'ask', id, operation }, Buffer.from(encoded.text))
      const body = await promise.finally(() => signal.removeEventListener('abort', onAbort))
      const answer = isBoundedJson(body) ? decodeValue(new TextDecoder().decode(body)) : undefined
      if (!answer || isRefusal(answer)) throw new SoukError('INTERNAL', 'The platform could not answer. Try again.')
      return answer.value
    },
    async sendPart(part) {
      const body = Buffer.from(part)
      send({ type: 'part' }, body)
      credit.spend(body.byteLength)
      await credit.available(ending.signal)
    },
    end(message, body) {
      send(message, body)
      response.end()
    },
  }
}

const fromWireError = ({ code, message, fields, retryAfterSeconds }: WireError): SoukError =>
  new SoukError(isErrorCode(code) ? code : 'INTERNAL', message, {
    ...(fields ? { fields } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })

/** What the token speaks for: exactly one frame, with the hash it says. */
const readOrder = async (
  exchange: Exchange,
  { sizeBytes, sha256 }: SignedContent,
  arrivalMs: number,
): Promise<{ readonly order: WorkerOrder; readonly body: Uint8Array }> => {
  if (sizeBytes <= 0 || sizeBytes > WORKER_HEADER_BYTES + BODY_BYTES)
    throw new SoukError('PAYLOAD_TOO_LARGE', 'The call is larger than a worker takes.')
  const late = deferred<never>()
  const timer = setTimeout(
    () => late.reject(new SoukError('INVALID_INPUT', `The call did not arrive within ${arrivalMs} ms.`)),
    arrivalMs,
  )
  const bytes = await Promise.race([exchange.readFirst(sizeBytes), late.promise]).finally(() => clearTimeout(timer))
  if (hashOf(bytes) !== sha256)
    throw new SoukError('UNAUTHENTICATED', 'The body is not the one that was signed. Send the request again.')
  const unreadable = (why: string) => new SoukError('INVALID_INPUT', `The order cannot be read. ${why}`)
  let frames: Frame[]
  try {
    frames = createFrameReader({ headerBytes: WORKER_HEADER_BYTES, bodyBytes: BODY_BYTES }).push(bytes)
  } catch {
    throw unreadable('It is no frame.')
  }
  const [frame, second] = frames
  if (!frame || second) throw unreadable('It has to be one frame.')
  const order = parseWorkerOrder(frame.header)
  if (isRefusal(order)) throw unreadable(order.refused)
  return { order, body: frame.body }
}
