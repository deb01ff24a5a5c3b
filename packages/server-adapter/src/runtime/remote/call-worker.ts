import type { ClientRequest, IncomingMessage } from 'node:http'
import { decodeValue, encodeValue, isRecord, isRefusal, type WireError } from '@souk/extension-sdk/protocol'
import { isSoukError, SoukError } from '../../souk-error'
import { createPartReceiver } from '../create-part-receiver'
import { createFrameReader, encodeFrame } from '../frame-codec'
import type { PartSink, PlatformCalls } from '../function-runtime'
import { isBoundedJson } from '../is-bounded-json'
import { type ProductMessage, parseWorkerMessage, WORKER_HEADER_BYTES, type WorkerMessage } from './worker-messages'

/** What a worker answered last. */
export type WorkerAnswer = Extract<WorkerMessage, { type: 'done' | 'failed' }> & { readonly result: Uint8Array }

/** A worker that did not take the order, so that another one may be asked. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
  constructor(
    readonly why: 'unreachable' | 'busy' | 'refused',
    readonly retryAfterSeconds: number | undefined,
    options?: ErrorOptions,
  ) {
    super(`The worker is ${why}.`, options)
  }
}

export interface WorkerCall {
  /** The request, whose headers are set and whose body has not begun. */
  readonly request: ClientRequest
  readonly order: Uint8Array
  readonly source?: () => Promise<string>
  readonly platform?: PlatformCalls
  readonly onPart?: PartSink
  /** Tells the worker that the caller is gone. */
  readonly signal: AbortSignal
  /** Ends the exchange at once; its reason is what `callWorker` throws. */
  readonly ending: AbortSignal
  readonly answerBytes: number
  /** How long the worker may take to say that it took the order. */
  readonly connectMs: number
}

/** A worker is ours, but the network to it may not be: what it may do to the product is bounded like anybody's. */
const QUESTIONS_AT_A_TIME = 64
const QUESTIONS = 2000
const RETRY_AFTER_SECONDS = 600

/** The worker was reached; whether the function ran to its end, nobody knows. */
const lost = (cause: unknown): SoukError =>
  new SoukError(
    'FUNCTION_CRASHED',
    'The machine of the server function went away while it ran. Try again; what the function had done before may be done already.',
    { cause },
  )

const nonsense = (cause: unknown): SoukError =>
  new SoukError(
    'RUNTIME_UNAVAILABLE',
    'A worker of server functions answered with something unexpected. Check that it is one, of the same version as the product.',
    { cause },
  )

/**
 * Gives one order to a worker, and answers what it asks until it is done.
 *
 * @throws {NotTaken} when nothing ran.
 * @throws {SoukError} when something may have run, and the reason of `ending`.
 */
export const callWorker = (call: WorkerCall): Promise<WorkerAnswer> =>
  new Promise((resolve, reject) => {
    const { request, signal, ending } = call
    const questions = new AbortController()
    let isTaken = false
    let isSettled = false
    let isDone = false

    const settle = (how: () => void): void => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      ending.removeEventListener('abort', onEnding)
      questions.abort()
      parts?.stop()
      how()
    }
    const fail = (error: unknown): void =>
      settle(() => {
        request.destroy()
        reject(error)
      })
    const send = (message: ProductMessage, body?: Uint8Array): void => {
      if (!isSettled && !request.destroyed) request.write(encodeFrame(message, body))
    }
    const onAbort = () => {
      parts?.stop()
      send({ type: 'abort' })
    }
    const onEnding = () => fail(ending.reason)
    const timer = setTimeout(() => fail(new NotTaken('unreachable', undefined)), call.connectMs)

    const parts =
      call.onPart &&
      createPartReceiver({
        onPart: call.onPart,
        totalBytes: call.answerBytes,
        grant: (bytes) => send({ type: 'credit', bytes }),
        onRefused: () => send({ type: 'abort' }),
      })
    const answerQuestion = createPlatform(call.platform, questions.signal, send)
    const sendBundle = async (): Promise<void> => {
      try {
        if (!call.source) throw new Error('This order has no bundle.')
        send({ type: 'bundle' }, Buffer.from(await call.source()))
      } catch {
        // The worker's answer says that it failed; why is not for others.
        send({ type: 'no-bundle' })
      }
    }

    const finish = async (answer: WorkerAnswer): Promise<void> => {
      await parts?.settled()
      settle(() => {
        request.end()
        resolve(answer)
      })
    }

    const receive = (message: WorkerMessage, body: Uint8Array): void => {
      switch (message.type) {
        case 'need-bundle':
          void sendBundle()
          return
        case 'ask':
          if (!answerQuestion(message, body)) fail(nonsense(new Error('The worker asks too much.')))
          return
        case 'part':
          if (!parts?.receive(body)) fail(nonsense(new Error('The worker sent a part that it had no credit for.')))
          return
        case 'done':
        case 'failed':
          isDone = true
          void finish({ ...message, result: body })
          return
      }
    }

    const readAnswer = (response: IncomingMessage): void => {
      const reader = createFrameReader({ headerBytes: WORKER_HEADER_BYTES, bodyBytes: call.answerBytes })
      response.on('data', (chunk: Uint8Array) => {
        if (isSettled || isDone) return
        try {
          for (const { header, body } of reader.push(chunk)) {
            const message = parseWorkerMessage(header)
            if (isRefusal(message)) return fail(nonsense(new Error(message.refused)))
            receive(message, body)
          }
        } catch (error) {
          // What a part was refused for, the caller may know.
          fail(isSoukError(error) ? error : nonsense(error))
        }
      })
      const onLost = (cause?: unknown) => {
        // A worker that said its last word may leave while the last parts are taken.
        if (!isDone) fail(lost(cause))
      }
      response.on('error', onLost)
      response.on('close', onLost)
    }

    request.on('response', (response) => {
      if (isSettled) return
      clearTimeout(timer)
      if (response.statusCode === 200) {
        isTaken = true
        readAnswer(response)
        return
      }
      const retryAfter = Number(response.headers['retry-after'])
      const isBusy = response.statusCode === 503 || response.statusCode === 429
      fail(
        new NotTaken(
          isBusy ? 'busy' : 'refused',
          retryAfter > 0 ? Math.min(retryAfter, RETRY_AFTER_SECONDS) : undefined,
          { cause: new Error(`The worker answered with status ${response.statusCode}.`) },
        ),
      )
    })
    request.on('error', (error) => {
      fail(isTaken ? lost(error) : new NotTaken('unreachable', undefined, { cause: error }))
    })
    if (ending.aborted) onEnding()
    ending.addEventListener('abort', onEnding)
    signal.addEventListener('abort', onAbort)
    if (isSettled) return
    // As the worker does.
    request.setNoDelay(true)
    request.write(call.order)
    if (signal.aborted) onAbort()
  })

/** Makes what answers questions of a function, a bounded number at a time. It returns false when they are too many. */
const createPlatform = (
  platform: PlatformCalls | undefined,
  signal: AbortSignal,
  send: (message: ProductMessage, body?: Uint8Array) => void,
) => {
  let open = 0
  let all = 0

  const answer = async (
    { id, operation }: Extract<WorkerMessage, { type: 'ask' }>,
    body: Uint8Array,
  ): Promise<void> => {
    open++
    try {
      const args = isBoundedJson(body) ? decodeValue(new TextDecoder().decode(body)) : undefined
      if (!args || isRefusal(args) || !Array.isArray(args.value))
        throw new SoukError('INVALID_INPUT', 'The arguments must be an encoded array.')
      if (!platform) throw new SoukError('METHOD_NOT_FOUND', 'This call cannot ask the platform for anything.')
      const value = encodeValue(await platform(operation, args.value, signal))
      if (isRefusal(value)) throw new SoukError('VALUE_NOT_SENDABLE', value.refused)
      send({ type: 'answer', id }, Buffer.from(value.text))
    } catch (error) {
      send({ type: 'ask-failed', id, error: toQuestionError(error) })
    } finally {
      open--
    }
  }

  return (question: Extract<WorkerMessage, { type: 'ask' }>, body: Uint8Array): boolean => {
    if (open >= QUESTIONS_AT_A_TIME || ++all > QUESTIONS) return false
    void answer(question, body)
    return true
  }
}

const toQuestionError = (error: unknown): WireError => {
  if (!isSoukError(error)) return { code: 'INTERNAL', message: 'The platform could not answer. Try again.' }
  const { code, message, fields, retryAfterSeconds } = error
  return {
    code,
    message,
    ...(isRecord(fields) ? { fields } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}
