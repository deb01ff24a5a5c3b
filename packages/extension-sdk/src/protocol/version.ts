/** The version of the wire protocol this build speaks. It is frozen into a bundle on the day the bundle is built. */
export const PROTOCOL_VERSION = 1

/** Every version this build still understands, newest first. */
export const SUPPORTED_PROTOCOL_VERSIONS: readonly number[] = [1]

/** The newest version that both sides speak, or `undefined` when there is none. */
export const negotiateVersion = (offered: readonly number[]): number | undefined =>
  SUPPORTED_PROTOCOL_VERSIONS.find((version) => offered.includes(version))
