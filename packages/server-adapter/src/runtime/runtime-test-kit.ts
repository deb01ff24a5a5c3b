import { createHash } from 'node:crypto'
import { decodeValue, encodeValue, isRefusal, type WireError } from '@souk/extension-sdk/protocol'
import type {
  EgressPolicy,
  FunctionInvocation,
  FunctionLog,
  FunctionRuntime,
  LoadedBundle,
  PartSink,
} from './function-runtime'

/** For the tests of this folder: a bundle from the source of its functions, `{ name: 'async () => 1' }`. */
export const bundleOf = (functions: Readonly<Record<string, string>>, before = ''): string =>
  `${before}\nexport const functions = { __proto__: null, ${Object.entries(functions)
    .map(([name, code]) => `${JSON.stringify(`src/main.server.ts#${name}`)}: ${code}`)
    .join(', ')} }`

export const loaded = (source: string, installationId = 'installation-a'): LoadedBundle => ({
  installationId,
  deploymentId: 'deployment-1',
  sha256: createHash('sha256').update(source).digest('hex'),
  source: async () => source,
})

export interface CallOptions {
  readonly installationId?: string
  readonly args?: readonly unknown[]
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
  readonly egress?: EgressPolicy
  readonly onPart?: PartSink
  /** The whole id, when it is not one of `bundleOf`. */
  readonly functionId?: string
}

export interface Called {
  readonly value?: unknown
  readonly error?: WireError
  readonly logs: readonly FunctionLog[]
}

export const NO_EGRESS: EgressPolicy = { rules: [], credentials: {} }

export const invocation = (source: string, name: string, options: CallOptions = {}): FunctionInvocation => {
  const bundle = loaded(source, options.installationId)
  const args = encodeValue(options.args ?? [])
  if (isRefusal(args)) throw new Error(args.refused)
  return {
    ...bundle,
    functionId: options.functionId ?? `src/main.server.ts#${name}`,
    args: args.text,
    deadlineMs: options.deadlineMs ?? 20_000,
    ...(options.signal ? { signal: options.signal } : {}),
    traceId: 'trace-1',
    context: {
      user: { id: 'user-1', name: 'Ada' },
      organizationId: 'organization-1',
      installationId: bundle.installationId,
      settings: { organization: { url: 'https://api.example' }, user: {} },
    },
    egress: options.egress ?? NO_EGRESS,
    ...(options.onPart ? { onPart: options.onPart } : {}),
  }
}

export interface Streamed {
  readonly parts: readonly unknown[]
  readonly error?: WireError
  readonly isStreamed: boolean
}

/** Calls a function that streams, and decodes the parts that were taken. */
export const streamFunction = async (
  runtime: FunctionRuntime,
  source: string,
  name: string,
  { onPart, ...options }: CallOptions = {},
): Promise<Streamed> => {
  const parts: unknown[] = []
  const take: PartSink = async (part) => {
    const decoded = decodeValue(part)
    if (isRefusal(decoded)) throw new Error(decoded.refused)
    parts.push(decoded.value)
    await onPart?.(part)
  }
  const outcome = await runtime.invoke(invocation(source, name, { ...options, onPart: take }))
  return outcome.ok
    ? { parts, isStreamed: outcome.isStreamed === true }
    : { parts, isStreamed: false, error: outcome.error }
}

/** Calls a function of a bundle and decodes what comes back. */
export const callFunction = async (
  runtime: FunctionRuntime,
  source: string,
  name: string,
  options: CallOptions = {},
): Promise<Called> => {
  const outcome = await runtime.invoke(invocation(source, name, options))
  if (!outcome.ok) return { error: outcome.error, logs: outcome.logs }
  const decoded = decodeValue(outcome.result)
  if (isRefusal(decoded)) throw new Error(decoded.refused)
  return { value: decoded.value, logs: outcome.logs }
}
