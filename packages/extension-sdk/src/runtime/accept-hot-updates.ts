import { readHotUpdate } from '../protocol/hot-update'

/** The part of a worker that this needs. TypeScript's DOM library has no worker scope and no Trusted Types. */
export interface HotUpdateScope extends EventTarget {
  importScripts(url: string): void
  readonly location: { readonly origin: string }
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string }
  }
}

/**
 * Runs the next version of the bundle when the product names it. The frame's policy stays as it is in production: it lets a worker load
 * scripts from `/boot/` of its own origin alone, where only `souk dev` serves bundles.
 *
 * Call it first: later code neither finds `importScripts` nor may make the policy again, nor sees the message.
 */
export const acceptHotUpdates = (scope: HotUpdateScope): void => {
  const load = scope.importScripts.bind(scope)
  const { origin } = scope.location
  const urlOf = (sha256: string) => `${origin}/boot/${sha256}.js`
  const policy = scope.trustedTypes?.createPolicy('souk-boot', {
    createScriptURL: (url) => {
      if (!/\/boot\/[0-9a-f]{64}\.js$/.test(url)) throw new TypeError('Only a script named by its hash may run.')
      return url
    },
  })
  scope.addEventListener('message', (event) => {
    const sha256 = readHotUpdate((event as MessageEvent).data)
    if (sha256 === undefined) return
    event.stopImmediatePropagation()
    const url = urlOf(sha256)
    try {
      load(policy ? policy.createScriptURL(url) : url)
    } catch (error) {
      // What runs stays as it was; the author reads why in the console.
      console.error(error)
    }
  })
}
