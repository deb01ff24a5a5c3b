/**
 * The program inside each Deno process: loads one bundle, runs its functions, and speaks to the host over descriptor 3.
 *
 * It shares its process with third-party code that may break all of it, so nothing here protects anybody; it makes honest code
 * work. What holds dishonest code is the process without permissions, and the host's parser.
 *
 * Bundled into `guest-script.ts` by `scripts/embed-guest.mjs`; run that after a change.
 */
import { Socket } from 'node:net'
import process from 'node:process'
import { decodeValue, encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import { createFrameWriter } from '../create-frame-writer'
import { createLazyAbort } from '../create-lazy-abort'
import { createFrameReader } from '../frame-codec'
import type { GuestLimits, GuestMessage, HostMessage } from '../guest-messages'
import { createPartCredit } from '../part-window'
import { captureConsole, createCallLog } from './capture-console'
import { createAsk } from './create-ask'
import { createFetch } from './create-fetch'
import { describeFailure, stackOf } from './describe-failure'
import { removeAmbient } from './remove-ambient'
import { createCallStorage, type RunningCall } from './running-call'
import { isAsyncIterable, streamParts } from './stream-parts'

type ServerFunction = (...args: unknown[]) => unknown

const start = (): void => {
  const socket = new Socket({ fd: 3, readable: true, writable: true })
  const calls = createCallStorage()
  const running = new Map<number, RunningCall>()
  let limits: GuestLimits = { resultBytes: 0, logBytes: 0, requestBytes: 0 }
  let functions: unknown
  let bundleUrl = ''
  const ours = new WeakSet<object>()

  /** An error of this program, whose stack would tell the developer nothing. */
  const failed = (code: string, message: string): Error => {
    const error = Object.assign(new Error(message), { code })
    ours.add(error)
    return error
  }

  const send: (message: GuestMessage, body?: Uint8Array) => void = createFrameWriter(
    (bytes) => void socket.write(bytes),
    process.nextTick,
  )
  const log = createCallLog(
    (id, entry) => send({ type: 'log', id, ...entry }),
    () => limits.logBytes,
  )
  const broker = createFetch({ calls, send, requestBytes: () => limits.requestBytes })

  const questions = createAsk({ calls, send })

  const install = () => {
    removeAmbient()
    captureConsole(calls, log)
    const fixed = { writable: false, configurable: false, enumerable: false }
    Object.defineProperty(globalThis, 'fetch', {
      value: broker.fetch,
      writable: true,
      configurable: true,
      enumerable: true,
    })
    Object.defineProperty(globalThis, 'process', { value: process, writable: true, configurable: true })
    const platform = Object.freeze({ context, ask: questions.ask })
    Object.defineProperty(globalThis, Symbol.for('souk.server'), { value: platform, ...fixed })
    // Without these a rejection that nobody awaits would end the process, and every call in it.
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      report(event.reason)
    })
    addEventListener('error', (event) => {
      event.preventDefault()
      report(event.error)
    })
  }

  const context = () => {
    const call = calls.current()
    if (!call?.context) return undefined
    return {
      ...call.context,
      deadline: call.deadline,
      get signal() {
        return call.ending.signal
      },
    }
  }

  const report = (reason: unknown): void => {
    // With several calls running there is no telling whose it was, and it may quote one user's data to another.
    const call = calls.current() ?? (running.size === 1 ? [...running.values()][0] : undefined)
    if (call) log(call, 'error', `Uncaught in the background: ${stackOf(reason, bundleUrl)}`)
  }

  /** Runs one piece of app code as a call, and answers for it. */
  const perform = async (
    call: RunningCall,
    otherwise: 'FUNCTION_FAILED' | 'FUNCTION_LOAD_FAILED',
    work: () => unknown,
  ) => {
    running.set(call.id, call)
    try {
      await calls.run(call, work)
    } catch (thrown) {
      if (!(thrown instanceof Error && ours.has(thrown))) log(call, 'error', stackOf(thrown, bundleUrl))
      send({ type: 'failed', id: call.id, error: describeFailure(thrown, otherwise) })
    } finally {
      running.delete(call.id)
      call.ended = true
      call.ending.abort(() => failed('ABORTED', 'The call of the server function has ended.'))
    }
  }

  const newCall = (message: {
    readonly id: number
    readonly context?: RunningCall['context']
    readonly deadline?: number
    readonly partWindow?: number
  }): RunningCall => ({
    id: message.id,
    deadline: message.deadline ?? 0,
    ending: createLazyAbort(),
    loggedBytes: 0,
    ended: false,
    ...(message.partWindow === undefined ? {} : { credit: createPartCredit(message.partWindow) }),
    ...(message.context ? { context: message.context } : {}),
  })

  const load = async (id: number, source: Uint8Array) => {
    // A blob needs no permission to import, and what it imports in turn needs all of them.
    bundleUrl = URL.createObjectURL(new Blob([source as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }))
    try {
      const bundle: { readonly functions?: unknown } = await import(bundleUrl)
      functions = bundle.functions
    } finally {
      URL.revokeObjectURL(bundleUrl)
    }
    if (typeof functions !== 'object' || functions === null)
      throw failed('FUNCTION_LOAD_FAILED', 'The server bundle has no table of functions. Build it with: souk build')
    send({ type: 'loaded', id })
  }

  const invoke = async (id: number, functionId: string, encodedArgs: Uint8Array) => {
    const found = findFunction(functions, functionId)
    if (!found)
      throw failed('FUNCTION_NOT_FOUND', 'The deployment has no such function. Reload the page and try again.')
    const args = decodeValue(new TextDecoder().decode(encodedArgs))
    if (isRefusal(args)) throw failed('INVALID_INPUT', args.refused)
    if (!Array.isArray(args.value)) throw failed('INVALID_INPUT', 'The arguments must be an array.')
    const returned = await found(...args.value)
    if (isAsyncIterable(returned)) return stream(id, returned)
    const encoded = encodeValue(returned, 'result')
    if (isRefusal(encoded)) throw failed('VALUE_NOT_SENDABLE', encoded.refused)
    const result = new TextEncoder().encode(encoded.text)
    if (result.byteLength > limits.resultBytes)
      throw failed(
        'FUNCTION_RESULT_TOO_LARGE',
        `The result has ${result.byteLength} bytes; at most ${limits.resultBytes} may cross. Return less, such as a page at a time.`,
      )
    send({ type: 'result', id }, result)
  }

  const stream = async (id: number, parts: AsyncIterable<unknown>) => {
    // Whoever calls this is running.
    const { credit, ending } = running.get(id) as RunningCall
    if (!credit)
      throw failed('VALUE_NOT_SENDABLE', 'The function streams its result, and this call takes it in one piece.')
    await streamParts(parts, {
      credit,
      signal: ending.signal,
      totalBytes: limits.resultBytes,
      send: (part) => send({ type: 'part', id }, part),
      failed,
    })
    send({ type: 'end', id })
  }

  const receive = (message: HostMessage, body: Uint8Array): void => {
    switch (message.type) {
      case 'load':
        limits = message.limits
        void perform(newCall(message), 'FUNCTION_LOAD_FAILED', () => load(message.id, body))
        return
      case 'call':
        void perform(newCall(message), 'FUNCTION_FAILED', () => invoke(message.id, message.functionId, body))
        return
      case 'credit':
        running.get(message.id)?.credit?.restore(message.bytes)
        return
      case 'abort':
        running.get(message.id)?.ending.abort(() => failed('ABORTED', message.reason))
        return
      case 'ping':
        send({ type: 'pong' })
        return
      case 'response':
        broker.answer(message, body)
        return
      case 'request-failed':
        broker.fail(message)
        return
      case 'answer':
        questions.answer(message.id, body)
        return
      case 'ask-failed':
        questions.fail(message.id, message.error)
        return
    }
  }

  const reader = createFrameReader({ headerBytes: 0xffffffff, bodyBytes: 0xffffffff })
  socket.on('data', (chunk: Uint8Array) => {
    // The host is trusted, unlike the other direction.
    for (const { header, body } of reader.push(chunk)) receive(header as HostMessage, body)
  })
  // The host is gone or has let go of this process.
  const exit = Deno.exit
  socket.on('close', () => exit(0))
  socket.on('error', () => exit(0))
  install()
  send({ type: 'ready' })
}

/** Own keys only: `constructor`, `toString` and what else a prototype brings are no functions of the app. */
const findFunction = (table: unknown, id: string): ServerFunction | undefined => {
  const found: unknown = Object.hasOwn(table as object, id) ? (table as Record<string, unknown>)[id] : undefined
  // Its parameters are checked by the function itself, as the documentation asks of it.
  return typeof found === 'function' ? (found as ServerFunction) : undefined
}

start()
