import { isRefusal, isString, type Parsed, parseWireError, refuse, type WireError } from '@souk/extension-sdk/protocol'
import { z } from 'zod'
import type { EgressPolicy, FunctionContext, FunctionLog, RuntimeStats } from '../function-runtime'

/**
 * What the product and a worker say to one another, as frames in the bodies of one request and its response, which go on side by side.
 * A comment names the body of the frame, where there is one.
 */

export interface BundleName {
  readonly installationId: string
  readonly deploymentId: string
  readonly sha256: string
}

/** The first frame of a request, which its token is bound to. */
export type WorkerOrder =
  /** Body: the arguments, as `encodeValue` wrote them. */
  | {
      readonly type: 'call'
      readonly bundle: BundleName
      readonly functionId: string
      readonly deadlineMs: number
      readonly traceId: string
      readonly context: FunctionContext
      readonly egress: EgressPolicy
      readonly mayAsk: boolean
      /** Whether the product takes the parts of a streamed result. */
      readonly takesParts: boolean
    }
  | { readonly type: 'load'; readonly bundle: BundleName }
  | { readonly type: 'unload'; readonly installationId: string }

/** What follows in the request. */
export type ProductMessage =
  /** Body: the source. */
  | { readonly type: 'bundle' }
  | { readonly type: 'no-bundle' }
  /** Body: the answer, as `encodeValue` wrote it. */
  | { readonly type: 'answer'; readonly id: number }
  | { readonly type: 'ask-failed'; readonly id: number; readonly error: WireError }
  /** So many bytes of parts were taken, costs included: see `part-window.ts`. */
  | { readonly type: 'credit'; readonly bytes: number }
  | { readonly type: 'abort' }

/** What a worker says in its response. `done` or `failed` is the last. */
export type WorkerMessage =
  | { readonly type: 'need-bundle' }
  /** Body: the arguments, as `encodeValue` wrote them. */
  | { readonly type: 'ask'; readonly id: number; readonly operation: string }
  /** Body: a part of a streamed result, as `encodeValue` wrote it. */
  | { readonly type: 'part' }
  /** Body: the result of a call, as `encodeValue` wrote it, unless it was streamed. */
  | ({ readonly type: 'done'; readonly isStreamed?: true | undefined } & WorkerReport)
  | ({ readonly type: 'failed'; readonly error: WireError } & WorkerReport)

export interface WorkerReport {
  readonly durationMs: number
  readonly logs: readonly FunctionLog[]
  readonly stats: Pick<RuntimeStats, 'processes' | 'kills'>
}

/** Bytes of a header: the logs of a call, or the settings and credentials of one. */
export const WORKER_HEADER_BYTES = 4 * 1024 * 1024

const id = z.number().int().nonnegative()
const name = z.string().min(1).max(500)
const wireError = z.unknown().transform((value, context): WireError => {
  const error = parseWireError(value)
  if (!isRefusal(error)) return error
  context.addIssue(error.refused)
  return z.NEVER
})

const report = {
  durationMs: z.number().nonnegative(),
  logs: z
    .array(z.object({ level: z.enum(['debug', 'info', 'warn', 'error']), message: z.string().max(10_000) }))
    .max(10_000),
  stats: z.object({ processes: id, kills: id }),
}

const workerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('need-bundle') }),
  z.object({ type: z.literal('ask'), id, operation: z.string().min(1).max(60) }),
  z.object({ type: z.literal('part') }),
  z.object({ type: z.literal('done'), isStreamed: z.literal(true).optional(), ...report }),
  z.object({ type: z.literal('failed'), error: wireError, ...report }),
])

const productMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bundle') }),
  z.object({ type: z.literal('no-bundle') }),
  z.object({ type: z.literal('answer'), id }),
  z.object({ type: z.literal('ask-failed'), id, error: wireError }),
  z.object({ type: z.literal('credit'), bytes: id }),
  z.object({ type: z.literal('abort') }),
])

const bundle = z.object({ installationId: name, deploymentId: name, sha256: z.string().regex(/^[0-9a-f]{64}$/) })

// The product signed what is inside of these two, and its own runtime would take them unseen.
const context = z.custom<FunctionContext>(
  (value) => z.object({ installationId: name, organizationId: name }).safeParse(value).success,
)
const egress = z.custom<EgressPolicy>(
  (value) =>
    z
      .object({ rules: z.array(z.object({ host: name })), credentials: z.record(z.string(), z.string()) })
      .safeParse(value).success,
)

const workerOrder = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    bundle,
    functionId: z.string().max(1000),
    deadlineMs: z.number().positive(),
    traceId: name,
    context,
    egress,
    mayAsk: z.boolean(),
    takesParts: z.boolean(),
  }),
  z.object({ type: z.literal('load'), bundle }),
  z.object({ type: z.literal('unload'), installationId: name }),
])

const parseWith =
  <T>(schema: z.ZodType<T>) =>
  (value: unknown): Parsed<T> => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const message = result.error.issues[0]?.message
    return refuse(isString(message) ? message : 'The message is not one of the protocol.')
  }

export const parseWorkerMessage: (value: unknown) => Parsed<WorkerMessage> = parseWith(workerMessage)
export const parseProductMessage: (value: unknown) => Parsed<ProductMessage> = parseWith(productMessage)
export const parseWorkerOrder: (value: unknown) => Parsed<WorkerOrder> = parseWith(workerOrder)
