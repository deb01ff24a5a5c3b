/** What one extension may use of the bridge. Sent to the extension in `init`; checked by the relay and again by the host. */
export interface BridgeLimits {
  readonly nodesPerRoot: number
  readonly treeDepth: number
  readonly batchBytes: number
  readonly stringLength: number
  readonly messagesPerSecond: number
  readonly messageBurst: number
  /** Characters and bytes of all messages together, sustained. */
  readonly bytesPerSecond: number
  readonly byteBurst: number
  readonly pendingRequests: number
  readonly rootsPerFrame: number
  readonly handlersPerRoot: number
  /** Milliseconds from the send of a request to its answer, unless the call says otherwise. */
  readonly requestTimeoutMs: number
}

export const DEFAULT_LIMITS: BridgeLimits = {
  nodesPerRoot: 20_000,
  treeDepth: 64,
  batchBytes: 2 * 1024 * 1024,
  stringLength: 256 * 1024,
  messagesPerSecond: 100,
  messageBurst: 200,
  bytesPerSecond: 4 * 1024 * 1024,
  byteBurst: 16 * 1024 * 1024,
  pendingRequests: 256,
  rootsPerFrame: 64,
  handlersPerRoot: 20_000,
  requestTimeoutMs: 30_000,
}
