import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestHandler } from 'msw'
import type { z } from 'zod'
import type { SoukConfig } from '../app/define-config'
import { asIterable, isAsyncIterable } from '../client/read-parts'
import { type FileHandle, fileIdsIn, toFileName, toMediaType } from '../protocol/file-handle'
import { decodeValue, encodeValue } from '../protocol/function-call'
import type { EgressRule } from '../protocol/manifest'
import { isRecord, isRefusal } from '../protocol/parse'
import { toWireError } from '../runtime/to-wire-error'
import { fromWireError, SdkError } from '../sdk-error'
import type { CallContext, SettingValue } from '../server/call-context'
import { type WebhookHandler, webhookFunction } from '../server/webhook-function'
import type { WebhookHandlerInfo } from '../server/webhook-handlers'
import { isTool, type Tool } from '../tools/define-tool'
import { toolFunction } from '../tools/tool-function'
import { type FakeAnswers, requestOf } from './fake-answers'
import { createFakeHandle } from './fake-files'
import { createFakeStorage } from './fake-storage'
import {
  createFakeWebhooks,
  type FakeAnswer,
  type FakeDelivery,
  toFakeAnswer,
  toWebhookArguments,
} from './fake-webhooks'

const PLATFORM = Symbol.for('souk.server')

export interface ServerHarnessOptions<M extends object> {
  /** The module namespace of a `*.server.ts` or `*.tool.ts` file: `import * as orders from '../src/orders.server'`. */
  readonly functions: M
  /** The default export of `souk.config.ts`: only the hosts it names can be reached, with the credentials it attaches. */
  readonly config?: SoukConfig
  /** What the services answer: handlers of MSW. Without them, use `hosts`. */
  readonly egress?: readonly RequestHandler[]
  /** Where a host of the egress list really is, such as a fake of the service on this machine. */
  readonly hosts?: Readonly<Record<string, string>>
  readonly settings?: { readonly organization?: object; readonly user?: object }
  /** Values of secret organization settings, which only the egress rules see. */
  readonly secrets?: Readonly<Record<string, string>>
  readonly user?: { readonly id: string; readonly name?: string }
  readonly organizationId?: string
  /** What the product offers to apps, by name: what `callHost` reaches. */
  readonly hostFunctions?: Readonly<Record<string, (input: unknown) => unknown>>
  /** Anything else that `/server` reads of a call. */
  readonly context?: object
}

/** A request that left a server function. */
export interface EgressRecord {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

// biome-ignore lint/suspicious/noExplicitAny: a tool of any schemas; what it takes and gives, its own type says.
type AnyTool = Tool<any, any>

type Functions<M> = {
  readonly [K in keyof M as M[K] extends AnyTool | ((...args: never) => unknown) ? K : never]: M[K] extends Tool<
    infer I,
    infer O
  >
    ? (input: z.input<I>) => Promise<z.output<O>>
    : M[K] extends (...args: infer A) => infer R
      ? (...args: A) => R extends AsyncIterable<unknown> ? R : Promise<Awaited<R>>
      : never
}

export interface ServerHarness<M extends object> {
  /** The functions as client code calls them: arguments, results and errors cross as they do over the wire. */
  readonly functions: Functions<M>
  readonly requests: readonly EgressRecord[]
  /** Sends something to a webhook: the default export of a `*.webhook.ts` file. What it throws is thrown here; the service would be answered 503. */
  deliver(webhook: WebhookHandler, delivery?: FakeDelivery): Promise<FakeAnswer>
  /** What `createWebhookHandler` made and nobody deleted. */
  readonly webhookHandlers: readonly WebhookHandlerInfo[]
  /** A handle of a file, for the calls that it is an argument of. They read it with `readFile`. */
  addFile(file: File): FileHandle
  /** Ends the fakes. */
  close(): void
}

const flatten = (values: object, prefix = ''): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      isRecord(value)
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value as SettingValue]],
    ),
  )

const matches = (rule: EgressRule, host: string): boolean =>
  rule.host === host || (rule.host.startsWith('*.') && host.endsWith(rule.host.slice(1)))

/**
 * Runs server functions in this process, in a call of their own, with fake egress.
 *
 * A host that `config.egress.server` does not name is refused as the broker refuses it, and the credentials of its rules
 * are added on the way out, so that a test sees what the service would see.
 */
export const createServerHarness = async <const M extends object>(
  options: ServerHarnessOptions<M>,
): Promise<ServerHarness<M>> => {
  const { functions, config, egress, hosts = {}, settings = {}, secrets = {}, context = {} } = options
  const calls = new AsyncLocalStorage<HarnessCall>()
  const files = new Map<string, File>()
  /** What a function saves is what the next call reads. */
  const saved = { organization: flatten(settings.organization ?? {}), user: flatten(settings.user ?? {}) }
  const webhooks = createFakeWebhooks()
  const requests: EgressRecord[] = []
  const rules = config?.egress?.server

  const service = egress ? (await import('msw/node')).setupServer(...egress) : undefined
  service?.listen({ onUnhandledRequest: 'bypass' })
  const original = globalThis.fetch

  const reach = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (!calls.getStore()) return original(input, init)
    const request = new Request(input, init)
    const url = new URL(request.url)
    const rule = rules?.find((candidate) => matches(candidate, url.host))
    if (rules && (!rule || url.protocol !== 'https:'))
      throw new SdkError(
        'EGRESS_DENIED',
        `${url.host} is not in egress.server of souk.config.ts. Name it there, with its purpose.`,
      )
    if (rule?.attach) {
      const secret = secrets[rule.attach.setting]
      if (secret !== undefined) request.headers.set(rule.attach.header, rule.attach.format.replace('{value}', secret))
    }
    requests.push({ method: request.method, url: url.href, headers: Object.fromEntries(request.headers) })
    const place = hosts[url.host]
    if (place === undefined) return original(request)
    const body = request.body ? await request.arrayBuffer() : undefined
    const { method, headers, signal } = request
    return original(new URL(url.pathname + url.search, place), { method, headers, signal, ...(body ? { body } : {}) })
  }

  const run = async (fn: (...args: readonly unknown[]) => unknown, args: readonly unknown[]): Promise<unknown> => {
    const sent = cross(args, 'The arguments')
    const ending = new AbortController()
    const call: HarnessCall = {
      files: new Map([...files].filter(([id]) => sent.fileIds.includes(id))),
      user: options.user ?? { id: 'user' },
      organizationId: options.organizationId ?? 'organization',
      installationId: 'installation',
      settings: { organization: { ...saved.organization }, user: { ...saved.user } },
      signal: ending.signal,
      deadline: Date.now() + 30_000,
      ...context,
    }
    try {
      const returned = await calls.run(call, () => fn(...(sent.value as readonly unknown[])))
      if (!isAsyncIterable(returned)) return cross(returned, 'The result').value
      return stream(returned[Symbol.asyncIterator](), call, ending)
    } catch (error) {
      throw asItCrosses(error)
    }
  }

  /** A generator runs in the call of whoever asks it for a value, which has to be its own. */
  async function* stream(parts: AsyncIterator<unknown>, call: HarnessCall, ending: AbortController) {
    try {
      for (;;) {
        const { value, done } = await calls.run(call, () => parts.next())
        if (done) return
        yield cross(value, 'A part of the result').value
      }
    } catch (error) {
      throw asItCrosses(error)
    } finally {
      ending.abort()
      await calls.run(call, () => parts.return?.())
    }
  }

  const ofRequests = Object.entries<FakeAnswers[string]>({ ...createFakeStorage(), ...webhooks.answers })
  const answers: Readonly<Record<string, (args: readonly unknown[], call: HarnessCall) => unknown>> = {
    ...Object.fromEntries(
      ofRequests.map(([name, answer]) => [
        name,
        // Nobody holds what somebody else changes.
        ([request]: readonly unknown[], call: HarnessCall) =>
          cross(answer(requestOf(request), call), 'The answer').value,
      ]),
    ),
    'file.describe': ([request], call) => describeFile(fileOf(call, request)),
    'file.read': ([request], call) => readPiece(fileOf(call, request), request),
    'settings.write': ([scope, changes]) => {
      const name = scope === 'user' ? 'user' : 'organization'
      const values = Object.entries({ ...saved[name], ...requestOf(changes) }).filter(([, value]) => value !== null)
      saved[name] = Object.fromEntries(values) as Readonly<Record<string, SettingValue>>
      return { ...saved[name] }
    },
    'host.call': ([name, input]) => {
      const { hostFunctions = {} } = options
      const hostFunction = Object.hasOwn(hostFunctions, String(name)) ? hostFunctions[String(name)] : undefined
      if (hostFunction) return hostFunction(input)
      throw new SdkError(
        'FUNCTION_NOT_FOUND',
        `The test has no function ${name} of the product. Add it to hostFunctions.`,
      )
    },
  }

  // It answers for the call that asks, and leaves the others to who was there before.
  const before: unknown = Reflect.get(globalThis, PLATFORM)
  Reflect.set(globalThis, PLATFORM, {
    context: () => calls.getStore(),
    ask: async (operation: string, given: readonly unknown[]) => {
      const call = calls.getStore()
      const args = cross(given, 'The request').value as readonly unknown[]
      const answer = Object.hasOwn(answers, operation) ? answers[operation] : undefined
      // The SDK asks in a call alone.
      if (answer && call) return answer(args, call)
      throw new SdkError('METHOD_NOT_FOUND', `The harness has no answer to ${operation}. Mock the module that asks.`)
    },
  })
  globalThis.fetch = reach

  // A tool is the function that the build makes of it, with its checks.
  const wrapped = Object.entries(functions).flatMap(([name, given]) => {
    const fn = isTool(given) ? toolFunction(given) : given
    return typeof fn === 'function'
      ? [[name, (...args: readonly unknown[]) => asIterable(run(fn as never, args), name)] as const]
      : []
  })
  return {
    // The same names with the types of the module's functions.
    functions: Object.fromEntries(wrapped) as unknown as Functions<M>,
    requests,
    get webhookHandlers() {
      return webhooks.list()
    },
    async deliver(webhook, delivery = {}) {
      // The function that the build makes of it.
      const fn = webhookFunction(webhook) as (...args: readonly unknown[]) => unknown
      return toFakeAnswer(await run(fn, toWebhookArguments(delivery)))
    },
    addFile(file) {
      const handle = createFakeHandle(file)
      files.set(handle.id, file)
      return handle
    },
    close() {
      globalThis.fetch = original
      service?.close()
      if (before === undefined) Reflect.deleteProperty(globalThis, PLATFORM)
      else Reflect.set(globalThis, PLATFORM, before)
    },
  }
}

const asItCrosses = (error: unknown): unknown => {
  const { retryAfterSeconds } = error as { readonly retryAfterSeconds?: number }
  return fromWireError({ ...toWireError(error), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) })
}

interface HarnessCall extends CallContext {
  readonly files: ReadonlyMap<string, File>
}

/** As the platform answers: of the files that came with this call, and of no other. */
const fileOf = (call: HarnessCall, request: unknown): File => {
  const file = call.files.get(String(requestOf(request).id))
  if (file) return file
  throw new SdkError('FILE_NOT_GRANTED', 'The call has no file of this handle. Pass what addFile gave as an argument.')
}

const describeFile = (file: File) => ({ name: toFileName(file.name), type: toMediaType(file.type), size: file.size })

const readPiece = async (file: File, request: unknown): Promise<Uint8Array> => {
  const offset = Number(requestOf(request).offset)
  return new Uint8Array(await file.slice(offset, offset + 1024 * 1024).arrayBuffer())
}

const cross = (value: unknown, name: string): { readonly value: unknown; readonly fileIds: readonly string[] } => {
  const encoded = encodeValue(value, name)
  if (isRefusal(encoded)) throw new SdkError('VALUE_NOT_SENDABLE', encoded.refused)
  const decoded = decodeValue(encoded.text)
  if (isRefusal(decoded)) throw new SdkError('INVALID_MESSAGE', decoded.refused)
  return { value: decoded.value, fileIds: fileIdsIn(encoded.text) }
}
