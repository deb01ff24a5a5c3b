import type { EgressLimits } from './egress/create-egress-broker'

/** What one installation may use of a process runtime. */
export interface RuntimeLimits extends EgressLimits {
  /** The JavaScript heap of a process. */
  readonly heapMegabytes: number
  /** All memory of a process: heap, buffers and WebAssembly. Checked from outside; the heap flag binds neither of the last two. */
  readonly residentMegabytes: number
  readonly argumentBytes: number
  readonly resultBytes: number
  readonly logBytes: number
  /** Of a call; what its process uses is shared evenly among the calls that run in it. Checked from outside. */
  readonly cpuMs: number
  /** Of an installation, which is an app in an organization. */
  readonly concurrentCalls: number
  /** Calls that may wait for one of the `concurrentCalls`, and for how long. */
  readonly waitingCalls: number
  readonly waitMs: number
  /** Of all installations of an organization, and of all organizations. Organizations take turns. */
  readonly concurrentCallsPerOrganization: number
  readonly concurrentCallsOnMachine: number
  /** Calls of an organization that may wait for their turn, for `waitMs`. */
  readonly waitingCallsPerOrganization: number
  /** Of all calls in a process together. */
  readonly concurrentRequests: number
  readonly requestsPerCall: number
  /** From a process to its evaluated bundle. */
  readonly loadMs: number
  /** How long a process may take to answer a ping before it is taken for blocked. */
  readonly pingMs: number
  /** How long a process lives without a call. */
  readonly idleMs: number
  /** Processes of all installations together, warm ones left out. */
  readonly processes: number
}

const MEBIBYTE = 1024 * 1024

export const DEFAULT_RUNTIME_LIMITS: RuntimeLimits = {
  heapMegabytes: 128,
  residentMegabytes: 320,
  // What a page may send is bounded before. The bytes of a delivery to a webhook, a third longer as text, are the most there is.
  argumentBytes: 2 * MEBIBYTE,
  resultBytes: 5 * MEBIBYTE,
  logBytes: 64 * 1024,
  cpuMs: 10_000,
  concurrentCalls: 16,
  waitingCalls: 64,
  waitMs: 5_000,
  concurrentCallsPerOrganization: 64,
  concurrentCallsOnMachine: 256,
  waitingCallsPerOrganization: 128,
  concurrentRequests: 32,
  requestsPerCall: 500,
  requestBytes: 5 * MEBIBYTE,
  responseBytes: 10 * MEBIBYTE,
  requestMs: 30_000,
  redirects: 5,
  loadMs: 10_000,
  pingMs: 100,
  idleMs: 5 * 60_000,
  processes: 100,
}
