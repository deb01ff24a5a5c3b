import { PACKED_BATCHES } from './packed-batch'

/** The version of the wire protocol this build speaks. It is frozen into a bundle on the day the bundle is built. */
export const PROTOCOL_VERSION = 1

/** Every version this build still understands, newest first. */
export const SUPPORTED_PROTOCOL_VERSIONS: readonly number[] = [1]

/** An extension may take the result of a server function in parts, where the function gives it so. */
export const STREAMED_RESULTS = 'streamed-results'

/**
 * What this build can do beyond the first release of its protocol version. Each side names its own at the handshake, and uses only
 * what the other side has, so that a bundle and a product of different years still understand each other.
 */
export const CAPABILITIES: readonly string[] = ['evaluate', 'call-method', 'abort', PACKED_BATCHES, STREAMED_RESULTS]

/** The newest version that both sides speak, or `undefined` when there is none. */
export const negotiateVersion = (offered: readonly number[]): number | undefined =>
  SUPPORTED_PROTOCOL_VERSIONS.find((version) => offered.includes(version))
