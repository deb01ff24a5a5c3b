import type { ConnectionScope, EgressRule, PlainValue, WireError } from '@souk/extension-sdk/protocol'

/** The engine that runs server bundles. Implementations share nothing but this. */
export interface FunctionRuntime {
  /** Makes a bundle ready for one installation. Calling it again with the same values does nothing. */
  load(bundle: LoadedBundle): Promise<void>
  invoke(call: FunctionInvocation): Promise<FunctionOutcome>
  /** Ends what runs for the installation, at once. */
  unload(installationId: string): Promise<void>
  stats(): RuntimeStats
  dispose(): Promise<void>
}

export interface LoadedBundle {
  readonly installationId: string
  readonly deploymentId: string
  readonly sha256: string
  /** Reads the bundle's source; called only when no process has it. */
  readonly source: () => Promise<string>
}

export interface FunctionInvocation extends LoadedBundle {
  /** `path#export`. */
  readonly functionId: string
  /** As `encodeValue` wrote them: an array. */
  readonly args: string
  readonly deadlineMs: number
  readonly signal?: AbortSignal
  readonly traceId: string
  readonly context: FunctionContext
  readonly egress: EgressPolicy
  /** What the function may ask the platform while it runs. Without it, every question is refused. */
  readonly platform?: PlatformCalls
  /** Takes the parts of a function that streams its result. Without it, such a function fails with `VALUE_NOT_SENDABLE`. */
  readonly onPart?: PartSink
}

/**
 * Takes one part of a streamed result, as `encodeValue` wrote it. They come one after another: while the promise is pending, no other
 * comes, and the function is held back when more than a little waits. A rejection gives the call up.
 */
export type PartSink = (part: string) => Promise<void>

/**
 * Answers a question of app code, such as `storage.get`. The operation and its arguments are outside data.
 *
 * @throws {SoukError} whose code and sentence app code may see.
 */
export type PlatformCalls = (operation: string, args: readonly PlainValue[], signal: AbortSignal) => Promise<PlainValue>

/** What a server function may ask about its surroundings. */
export interface FunctionContext {
  readonly user: { readonly id: string; readonly name?: string }
  readonly organizationId: string
  readonly installationId: string
  /** Secrets only where their schema says `reveal`. */
  readonly settings: {
    readonly organization: Readonly<Record<string, string | number | boolean>>
    readonly user: Readonly<Record<string, string | number | boolean>>
  }
  /** The accounts that are connected, those of the user who called among them. Absent: none. */
  readonly connections?: readonly FunctionConnection[]
}

/** One connected account, as server functions see it. */
export interface FunctionConnection {
  readonly id: string
  /** The id of its definition. */
  readonly definition: string
  readonly type: 'oauth2-code' | 'secret' | 'none'
  readonly scope: ConnectionScope
  readonly label: string
  readonly status: 'active' | 'expired'
  readonly variables: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null
  /** Only where the definition says `reveal`: the access token or the first field. */
  readonly value?: string
  readonly fields?: Readonly<Record<string, string>>
}

/** Wraps each request that leaves, for the product's traces. What it is told holds no path, no header and no body. */
export type ObserveRequest = <R extends { readonly status: number }>(
  request: { readonly method: string; readonly host: string },
  send: () => Promise<R>,
) => Promise<R>

export interface EgressPolicy {
  /** The rules the organization consented to. */
  readonly rules: readonly EgressRule[]
  /**
   * Credentials by the path of their setting, or by what else `attach.setting` of a rule names; they stay in the broker. A request that
   * names an account is given `<name> <account>` instead.
   */
  readonly credentials: Readonly<Record<string, string>>
  readonly observe?: ObserveRequest
}

export interface FunctionLog {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
}

export type FunctionOutcome = {
  readonly durationMs: number
  readonly logs: readonly FunctionLog[]
} & (
  | {
      readonly ok: true
      /** As `encodeValue` wrote it; empty when the result was streamed. */
      readonly result: string
      /** That the result was streamed: `onPart` has had all of it. */
      readonly isStreamed?: true
    }
  | { readonly ok: false; readonly error: WireError }
)

export interface RuntimeStats {
  readonly processes: number
  readonly calls: number
  readonly kills: number
}
