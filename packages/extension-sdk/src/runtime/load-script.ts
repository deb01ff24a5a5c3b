import type { ErrorCode } from '../protocol/error-codes'

/** Why the worker could not be made. */
export interface LoadFailure {
  readonly code: ErrorCode
  readonly message: string
}

const toHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Fetches a script by its SHA-256 and believes nothing but the bytes. */
export const loadScript = async (sha256: string): Promise<ArrayBuffer | LoadFailure> => {
  const bytes = await fetch(`/b/${sha256}.js`, {
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).then(
    (response) => (response.ok ? response.arrayBuffer() : null),
    () => null,
  )
  if (!bytes)
    return {
      code: 'FRAME_LOAD_FAILED',
      message: `The script ${sha256} could not be fetched. Check that the sandbox origin serves it.`,
    }
  return toHex(await crypto.subtle.digest('SHA-256', bytes)) === sha256
    ? bytes
    : { code: 'BUNDLE_INTEGRITY', message: `The script fetched as ${sha256} has another hash, so it was not run.` }
}
