import type { Script } from '../../../extension-sdk/src/cli/dev/playground'

/** Who is late by more versions than this reloads. */
const KEPT = 20

/**
 * Serves new client code under `/boot/<sha256>.js` of the sandbox, the one place that the policy of a frame lets its worker load scripts
 * from. No deployment of a product serves a bundle there.
 */
export const createHotScripts = () => {
  const scripts = new Map<string, string>()
  return {
    add({ sha256, code }: Script) {
      scripts.delete(sha256)
      scripts.set(sha256, code)
      for (const old of [...scripts.keys()].slice(0, -KEPT)) scripts.delete(old)
    },
    find(request: Request): Response | undefined {
      const { pathname, search } = new URL(request.url)
      const code = scripts.get(/^\/boot\/([0-9a-f]{64})\.js$/.exec(pathname)?.[1] ?? '')
      if (code === undefined || search !== '' || request.method !== 'GET') return undefined
      return new Response(code, {
        headers: {
          'content-type': 'text/javascript; charset=utf-8',
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        },
      })
    },
  }
}
