import type { FrameIdentity } from '../protocol/messages'

/** The part of Trusted Types this needs. TypeScript's DOM library does not have them. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/**
 * Starts one worker from several scripts.
 *
 * The frame's policy allows workers from Blobs alone, and a Trusted Types policy of this name alone.
 */
export const createWorker = (scripts: readonly ArrayBuffer[], { appId, appInstallationId }: FrameIdentity): Worker => {
  const parts = scripts.flatMap((script) => [script, ';\n'])
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }))
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('souk-boot', {
    createScriptURL: (candidate) => {
      if (candidate !== url) throw new TypeError('Only the verified scripts of this frame may run.')
      return candidate
    },
  })
  // The worker reads from its name which frame it speaks for.
  const worker = new Worker(policy ? policy.createScriptURL(url) : url, {
    name: JSON.stringify({ appId, appInstallationId }),
  })
  // The browser has its own reference by now: the specification resolves the Blob before the constructor returns.
  URL.revokeObjectURL(url)
  return worker
}
