import { setMaxListeners } from 'node:events'
import { decodeValue, encodeValue, isErrorCode, isRefusal, type WireError } from '@souk/extension-sdk/protocol'
import { SoukError } from '../souk-error'
import { createFrameWriter } from './create-frame-writer'
import { createGate } from './create-gate'
import { createLazyAbort, type LazyAbort } from './create-lazy-abort'
import { createPartReceiver, type PartReceiver } from './create-part-receiver'
import { deferred } from './deferred'
import type { EgressBroker } from './egress/create-egress-broker'
import { createFrameReader } from './frame-codec'
import type {
  EgressPolicy,
  FunctionContext,
  FunctionLog,
  LoadedBundle,
  PartSink,
  PlatformCalls,
} from './function-runtime'
import { GUEST_BOUNDS, type GuestMessage, type HostMessage, LOG_LINE_COST, parseGuestMessage } from './guest-messages'
import { isBoundedJson } from './is-bounded-json'
import { type LaunchOptions, launchGuest } from './launch-guest'
import { PART_WINDOW_BYTES } from './part-window'
import type { RuntimeLimits } from './runtime-limits'
import type { ProcessWatch, Usage } from './watch-processes'

export interface GuestProcessOptions extends LaunchOptions {
  readonly limits: RuntimeLimits
  readonly broker: EgressBroker
  readonly watch: ProcessWatch
  readonly onExit: (guest: GuestProcess) => void
  readonly onKill: (error: SoukError) => void
}

export interface GuestCall {
  readonly functionId: string
  readonly args: Uint8Array
  readonly context: FunctionContext
  readonly egress: EgressPolicy
  readonly platform?: PlatformCalls
  readonly onPart?: PartSink
  readonly traceId: string
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** Told of each line while the call runs. */
  readonly onLog: (log: FunctionLog) => void
}

/** A call on its way. */
export interface GuestCallHandle {
  /** The result, as `encodeValue` wrote it; `STREAMED` when every part of it was taken. Rejects with a SoukError. */
  readonly result: Promise<string | typeof STREAMED>
  /** Tells the function that nobody waits any more. It keeps its place until it ends or expires. */
  abort(reason: string): void
  /** Fails the call with the error, and retires the process, where the function may go on. */
  expire(error: SoukError): void
}

/** In the place of a result that went to `onPart`. */
export const STREAMED = Symbol('streamed')

/** One Deno process. It gets one bundle in its life, and serves one installation. */
export interface GuestProcess {
  readonly pid: number | undefined
  readonly exited: Promise<void>
  /** Calls that run, also those whose caller is gone. */
  readonly running: number
  /** Whether it was ended from here, and is gone in a moment. */
  readonly isKilled: boolean
  /** Whether it may be given calls: it is neither retired nor killed nor gone. */
  readonly isServing: boolean
  /** @throws {SoukError} `FUNCTION_LOAD_FAILED` and the codes of a process that ended. */
  load(bundle: LoadedBundle, source: string, onLog: (log: FunctionLog) => void): Promise<void>
  call(call: GuestCall): GuestCallHandle
  /** Ends the process at once; its calls fail with the error. */
  kill(error: SoukError): void
}

interface Caller {
  readonly installationId: string
  readonly traceId: string
  readonly policy: EgressPolicy
  readonly platform?: PlatformCalls
  readonly onPart?: PartSink
}

interface Pending {
  readonly resolve: (body: Uint8Array | typeof STREAMED) => void
  readonly reject: (error: SoukError) => void
  readonly onLog: (log: FunctionLog) => void
  readonly caller?: Caller
  readonly ending: LazyAbort
  requests: number
  questions: number
  logBytes: number
  cpuMs: number
  /** From the first part on. */
  parts?: PartReceiver
}

/** What a guest may send that answers nothing. Our own program sends next to none; a flood is somebody else's. */
const UNEARNED_FRAMES = 1000
const FORGIVEN_PER_CALL = 10
/** What one call may ask the platform: storage, settings, functions of the product. */
const QUESTIONS_PER_CALL = 1000
/** How much of the bodies of requests may be held here at a time, waiting or on the way. */
const UNSENT_BYTES = 32 * 1024 * 1024
/** How much may wait for a guest that does not read. */
const UNREAD_BYTES = 64 * 1024 * 1024
const STDERR_BYTES = 8 * 1024

const crashed = (): SoukError =>
  new SoukError(
    'FUNCTION_CRASHED',
    'The process of the server function ended. Try again; if it happens again, tell the developer of the app.',
  )

const outOfMemory = (): SoukError =>
  new SoukError(
    'FUNCTION_MEMORY',
    'The server function used more memory than it may. The developer of the app has to make it use less.',
  )

const outOfTime = (cpuMs: number): SoukError =>
  new SoukError(
    'FUNCTION_CPU',
    `The server function computed for more than ${cpuMs} ms. The developer of the app has to make it compute less.`,
  )

const callEnded = (): SoukError => new SoukError('ABORTED', 'The call of the server function has ended.')

/** Every request and question of a call that waits listens; how many those are is bounded elsewhere. */
const endOf = ({ ending }: Pending): AbortSignal => {
  setMaxListeners(0, ending.signal)
  return ending.signal
}

const reasonOf = (stderr: string): SoukError => (/out of memory|heap limit/i.test(stderr) ? outOfMemory() : crashed())

const notStarted = (denoPath: string, stderr: string): SoukError =>
  new SoukError(
    'RUNTIME_UNAVAILABLE',
    `Server functions run in Deno, which did not start. Check that it works on this machine: ${denoPath} --version`,
    { cause: stderr },
  )

const withCode = (error: WireError, otherwise: 'FUNCTION_FAILED' | 'FUNCTION_LOAD_FAILED'): SoukError =>
  new SoukError(isErrorCode(error.code) ? error.code : otherwise, error.message, {
    ...(error.fields ? { fields: error.fields } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(error.details ? { details: error.details } : {}),
  })

/** Starts a process and speaks with it. Whatever it sends is hostile until parsed; the worst it can do is end itself. */
export const createGuestProcess = (options: GuestProcessOptions): GuestProcess => {
  const { limits, broker, watch } = options
  const { child, channel } = launchGuest(options)
  const pending = new Map<number, Pending>()
  const requests = new Map<number, AbortController>()
  const ready = deferred<void>()
  const exited = deferred<void>()
  const pongs = new Set<() => void>()
  const reader = createFrameReader({
    headerBytes: GUEST_BOUNDS.headerBytes,
    bodyBytes: Math.max(limits.resultBytes, limits.requestBytes),
  })
  const requestGate = createGate({
    places: limits.concurrentRequests,
    waiting: limits.requestsPerCall,
    waitMs: limits.requestMs,
    overloaded: () => new SoukError('EGRESS_LIMIT', 'The app makes too many requests at a time.'),
  })
  let unsentBytes = 0
  let lastId = 0
  let unearned = 0
  let stderr = ''
  let killedBy: SoukError | undefined
  let hasStarted = false
  let hasEnded = false
  let isRetired = false
  /** Processor time at the last look; undefined while nothing runs, whose cost nobody is charged. */
  let usedCpuMs: number | undefined

  const writeFrame = createFrameWriter((bytes) => {
    if (hasEnded || channel.destroyed) return
    channel.write(bytes)
    if (channel.writableLength > UNREAD_BYTES) kill(crashed())
  }, process.nextTick)

  const send = (message: HostMessage, body?: Uint8Array): void => {
    if (!hasEnded && !channel.destroyed) writeFrame(message, body)
  }

  const kill = (error: SoukError): void => {
    if (hasEnded || killedBy) return
    killedBy = error
    options.onKill(error)
    // From here on somebody waits for it to be gone.
    child.ref()
    child.kill('SIGKILL')
    // The callers need not wait for the kernel.
    failAll(error)
  }

  const failAll = (error: SoukError): void => {
    for (const id of [...pending.keys()]) {
      const call = end(id)
      // An error that is ours does not wait for who reads slowly.
      call?.parts?.stop()
      call?.reject(error)
    }
  }

  const onEnd = (): void => {
    if (hasEnded) return
    hasEnded = true
    if (child.pid !== undefined) watch.unwatch(child.pid)
    channel.destroy()
    failAll(killedBy ?? (hasStarted ? reasonOf(stderr) : notStarted(options.denoPath, stderr)))
    exited.resolve()
    options.onExit(guest)
  }

  /** Takes a call out, with everything it started. */
  const end = (id: number): Pending | undefined => {
    const call = pending.get(id)
    if (!call) return undefined
    pending.delete(id)
    call.ending.abort(callEnded)
    unearned = Math.max(0, unearned - FORGIVEN_PER_CALL)
    if (pending.size === 0) usedCpuMs = undefined
    if (isRetired && pending.size === 0) kill(crashed())
    return call
  }

  const begin = (onLog: (log: FunctionLog) => void, caller?: Pending['caller']) => {
    const { promise, resolve, reject } = deferred<Uint8Array | typeof STREAMED>()
    const id = ++lastId
    const ending = createLazyAbort()
    const call: Pending = {
      resolve,
      reject,
      onLog,
      ending,
      requests: 0,
      questions: 0,
      logBytes: 0,
      cpuMs: 0,
      ...(caller ? { caller } : {}),
    }
    pending.set(id, call)
    if (hasEnded || killedBy) end(id)?.reject(killedBy ?? crashed())
    return { id, promise, call }
  }

  const waste = (): void => {
    if (++unearned > UNEARNED_FRAMES) kill(crashed())
  }

  /** Acts on a message. Returns whether it was owed: part of a call, or the answer to something. */
  const receive = (message: GuestMessage, body: Uint8Array): boolean => {
    switch (message.type) {
      case 'ready':
        hasStarted = true
        ready.resolve()
        return false
      case 'pong':
        for (const pong of pongs) pong()
        return false
      case 'loaded':
      case 'result': {
        const call = end(message.id)
        if (call?.parts) call.reject(mixed())
        else call?.resolve(body)
        return call !== undefined
      }
      case 'part':
        return receivePart(message.id, body)
      case 'end': {
        const call = end(message.id)
        if (call?.caller?.onPart) call.resolve(STREAMED)
        else call?.reject(mixed())
        return call !== undefined
      }
      case 'failed': {
        const call = end(message.id)
        call?.reject(withCode(message.error, call.caller ? 'FUNCTION_FAILED' : 'FUNCTION_LOAD_FAILED'))
        return call !== undefined
      }
      case 'log':
        return receiveLog(message)
      case 'request':
        return receiveRequest(message, body)
      case 'ask':
        return receiveQuestion(message, body)
      case 'cancel-request': {
        const request = requests.get(message.id)
        request?.abort()
        return request !== undefined
      }
    }
  }

  const receiveLog = ({ id, level, message }: Extract<GuestMessage, { type: 'log' }>): boolean => {
    const call = pending.get(id)
    const cost = Buffer.byteLength(message) + LOG_LINE_COST
    if (!call || call.logBytes + cost > limits.logBytes) return false
    call.logBytes += cost
    call.onLog({ level, message })
    return true
  }

  const receivePart = (id: number, body: Uint8Array): boolean => {
    const call = pending.get(id)
    if (!call) return false
    const onPart = call.caller?.onPart
    try {
      if (onPart) call.parts ??= receiverOf(id, onPart)
      // Nobody offered to take parts, or not as many at a time.
      if (!call.parts?.receive(body)) kill(crashed())
    } catch (error) {
      // The receiver throws nothing else.
      expire(id, error as SoukError)
    }
    return true
  }

  const receiverOf = (id: number, onPart: PartSink): PartReceiver =>
    createPartReceiver({
      onPart,
      totalBytes: limits.resultBytes,
      grant: (bytes) => {
        if (pending.has(id)) send({ type: 'credit', id, bytes })
      },
      onRefused: () => send({ type: 'abort', id, reason: 'Nobody takes the parts of the result any more.' }),
    })

  const receiveRequest = (message: Extract<GuestMessage, { type: 'request' }>, body: Uint8Array): boolean => {
    const call = pending.get(message.call)
    if (call?.caller && !requests.has(message.id) && call.requests < limits.requestsPerCall) {
      call.requests++
      void answerRequest(message, body, call, call.caller)
      return true
    }
    const text = 'The call has ended, or has made as many requests as it may.'
    send({ type: 'request-failed', id: message.id, code: 'EGRESS_LIMIT', message: text })
    return false
  }

  const answerRequest = async (
    message: Extract<GuestMessage, { type: 'request' }>,
    body: Uint8Array,
    call: Pending,
    caller: NonNullable<Pending['caller']>,
  ): Promise<void> => {
    const { id, url, method, headers, redirect } = message
    const fail = (code: string, text: string) => send({ type: 'request-failed', id, code, message: text })
    if (unsentBytes + body.byteLength > UNSENT_BYTES)
      return fail('EGRESS_LIMIT', 'The app sends too much at a time. Wait for some of its requests to end.')
    unsentBytes += body.byteLength
    const ending = new AbortController()
    requests.set(id, ending)
    const signal = AbortSignal.any([ending.signal, endOf(call)])
    let leave = () => {}
    try {
      leave = await requestGate.enter(signal)
      const request = { url, method, headers, redirect, body: message.hasBody ? body : null }
      const response = await broker.request(request, { ...caller, signal })
      const { body: content, ...head } = response
      send({ type: 'response', id, ...head }, content)
    } catch (error) {
      if (error instanceof SoukError) fail(error.code, error.message)
      else fail('EGRESS_FAILED', 'The request ended before it was answered.')
    } finally {
      leave()
      unsentBytes -= body.byteLength
      requests.delete(id)
    }
  }

  const receiveQuestion = (message: Extract<GuestMessage, { type: 'ask' }>, body: Uint8Array): boolean => {
    const call = pending.get(message.call)
    if (call?.caller && call.questions < QUESTIONS_PER_CALL && body.byteLength <= limits.requestBytes) {
      call.questions++
      void answerQuestion(message, body, call, call.caller)
      return true
    }
    const text = `The call has ended, or asked more than ${QUESTIONS_PER_CALL} times.`
    send({ type: 'ask-failed', id: message.id, error: { code: 'RATE_LIMITED', message: text } })
    return false
  }

  const answerQuestion = async (
    { id, operation }: Extract<GuestMessage, { type: 'ask' }>,
    body: Uint8Array,
    call: Pending,
    { platform }: Caller,
  ): Promise<void> => {
    let leave = () => {}
    try {
      leave = await requestGate.enter(endOf(call))
      const args = isBoundedJson(body) ? decodeValue(new TextDecoder().decode(body)) : undefined
      if (!args || isRefusal(args) || !Array.isArray(args.value))
        throw new SoukError('INVALID_INPUT', 'The arguments must be an encoded array.')
      if (!platform) throw new SoukError('METHOD_NOT_FOUND', 'This call cannot ask the platform for anything.')
      const answer = encodeValue(await platform(operation, args.value, endOf(call)))
      if (isRefusal(answer)) throw new SoukError('VALUE_NOT_SENDABLE', answer.refused)
      send({ type: 'answer', id }, Buffer.from(answer.text))
    } catch (error) {
      send({ type: 'ask-failed', id, error: toQuestionError(error) })
    } finally {
      leave()
    }
  }

  const ping = (): void => {
    const finish = () => {
      clearTimeout(timer)
      pongs.delete(finish)
    }
    const timer = setTimeout(() => {
      finish()
      kill(crashed())
    }, limits.pingMs)
    pongs.add(finish)
    exited.promise.then(finish)
    send({ type: 'ping' })
  }

  /**
   * The process ends with its last call, and at once when it does not answer. Until then the other calls in it may finish.
   *
   * @param isStreaming Whether a generator was ended, which has a moment for its `finally`.
   */
  const retire = (isStreaming: boolean): void => {
    if (isRetired) return
    isRetired = true
    if (pending.size > 0) ping()
    else if (isStreaming) setTimeout(() => kill(crashed()), limits.pingMs)
    else kill(crashed())
  }

  const expire = (id: number, error: SoukError): void => {
    const expired = end(id)
    if (!expired) return
    send({ type: 'abort', id, reason: error.message })
    expired.parts?.stop()
    expired.reject(error)
    retire(expired.parts !== undefined)
  }

  const checkUsage = ({ residentMegabytes, cpuMs }: Usage): void => {
    if (residentMegabytes > limits.residentMegabytes) kill(outOfMemory())
    // Killed, it has none either.
    if (pending.size === 0) return
    const share = (cpuMs - (usedCpuMs ?? cpuMs)) / pending.size
    usedCpuMs = cpuMs
    for (const [id, call] of pending) {
      call.cpuMs += share
      if (call.cpuMs > limits.cpuMs) expire(id, outOfTime(limits.cpuMs))
    }
  }

  const guest: GuestProcess = {
    pid: child.pid,
    exited: exited.promise,
    get running() {
      return pending.size
    },
    get isKilled() {
      return killedBy !== undefined
    },
    get isServing() {
      return !hasEnded && !killedBy && !isRetired
    },
    async load(bundle, source, onLog) {
      const { id, promise } = begin(onLog)
      const { resultBytes, logBytes, requestBytes } = limits
      const timer = setTimeout(
        () =>
          kill(
            new SoukError(
              'FUNCTION_LOAD_FAILED',
              `The server bundle of deployment ${bundle.deploymentId} did not load within ${limits.loadMs} ms. Do less when the module is evaluated.`,
            ),
          ),
        limits.loadMs,
      )
      try {
        await Promise.race([ready.promise, promise])
        send({ type: 'load', id, limits: { resultBytes, logBytes, requestBytes } }, Buffer.from(source))
        await promise
      } finally {
        clearTimeout(timer)
      }
    },
    call({ functionId, args, context, egress, platform, onPart, traceId, deadline, onLog }) {
      const { installationId } = context
      const caller = {
        ...{ installationId, traceId, policy: egress },
        ...(platform ? { platform } : {}),
        ...(onPart ? { onPart } : {}),
      }
      const { id, promise, call } = begin(onLog, caller)
      const partWindow = onPart ? { partWindow: PART_WINDOW_BYTES } : {}
      send({ type: 'call', id, functionId, context, deadline, ...partWindow }, args)
      const fail = async (error: unknown): Promise<never> => {
        // What came before an error arrives before it.
        await call.parts?.settled()
        throw error
      }
      return {
        result: promise.then(async (result) => {
          if (result !== STREAMED) return readResult(result, limits.resultBytes)
          await call.parts?.settled()
          return STREAMED
        }, fail),
        abort: (reason) => {
          call.parts?.stop()
          send({ type: 'abort', id, reason })
        },
        expire: (error) => {
          // The guest may be done while a part still waits to be taken.
          call.parts?.stop()
          expire(id, error)
        },
      }
    },
    kill,
  }

  child.on('error', onEnd)
  // Not 'exit': the last words on the descriptors come after it.
  child.on('close', onEnd)
  child.stderr?.on('data', (chunk: Buffer) => {
    if (stderr.length < STDERR_BYTES) stderr += chunk.toString('utf8')
    // What app code writes there goes nowhere; much of it only costs time.
    else waste()
  })
  channel.on('error', () => {})
  channel.on('close', () => child.kill('SIGKILL'))
  channel.on('data', (chunk: Uint8Array) => {
    if (killedBy) return
    try {
      for (const { header, body } of reader.push(chunk)) {
        const message = parseGuestMessage(header)
        if (isRefusal(message)) return kill(crashed())
        if (!receive(message, body)) waste()
        if (killedBy) return
      }
    } catch {
      kill(crashed())
    }
  })
  if (child.pid !== undefined) watch.watch(child.pid, { isBusy: () => pending.size > 0, onUsage: checkUsage })
  return guest
}

/** What app code may know of why a question failed. */
const toQuestionError = (error: unknown): WireError => {
  if (!(error instanceof SoukError)) return { code: 'INTERNAL', message: 'The platform could not answer. Try again.' }
  const { code, message, fields, retryAfterSeconds } = error
  return {
    code,
    message,
    ...(fields ? { fields } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}

const mixed = (): SoukError =>
  new SoukError('FUNCTION_FAILED', 'The server function answered in a way that it was not asked for.')

const readResult = (bytes: Uint8Array, maxBytes: number): string => {
  if (bytes.byteLength > maxBytes)
    throw new SoukError(
      'FUNCTION_RESULT_TOO_LARGE',
      `The result has ${bytes.byteLength} bytes; at most ${maxBytes} may cross.`,
    )
  if (!isBoundedJson(bytes))
    throw new SoukError('FUNCTION_FAILED', 'The server function answered with something that is not an encoded value.')
  return new TextDecoder().decode(bytes)
}
