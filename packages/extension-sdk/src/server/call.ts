import { callContext } from './call-context'

/** A user of the product, as the product names them. */
export interface CurrentUser {
  readonly id: string
  readonly name?: string
}

/** The user whose click led to this call. */
export const getCurrentUser = async (): Promise<CurrentUser> => callContext().user

/** Aborts when the caller gave up or the deadline passed. Hand it to long work; `fetch` ends by itself. */
export const signal = (): AbortSignal => callContext().signal

/** When this call must have answered. */
export const deadline = (): Date => new Date(callContext().deadline)

/**
 * `fetch`, through the egress broker: it reaches only the hosts that `egress.server` names, and adds their credentials.
 *
 * @throws With the code `EGRESS_DENIED` for another host, `EGRESS_FAILED` when the service could not be reached.
 */
export const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)
