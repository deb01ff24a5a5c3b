/** Who asks a function of the product, and for whom. */
export interface HostFunctionCaller {
  readonly userId: string
  readonly organizationId: string
  readonly role: 'admin' | 'member'
  readonly installationId: string
  readonly traceId: string
  /** Aborts when the server function that asked has ended. */
  readonly signal: AbortSignal
}

/** A function of the product that server functions of apps may call, such as `tickets.find`. */
export interface HostFunction {
  /** What the organization must have granted, such as `tickets:read`. null: nothing. */
  readonly scope: string | null
  /**
   * @param input Outside data: check it.
   * @returns A structured value. An error that is no `SoukError` reaches the app as `INTERNAL`.
   */
  call(caller: HostFunctionCaller, input: unknown): unknown
}

export type HostFunctions = Readonly<Record<string, HostFunction>>
