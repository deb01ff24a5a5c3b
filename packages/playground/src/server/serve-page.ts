import { readFile } from 'node:fs/promises'

const TYPES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
} as const

const isKnown = (path: string): path is keyof typeof TYPES => Object.hasOwn(TYPES, path)

/** The files of the page, under a policy like that of a product. */
export const servePage = async (path: string, frameSource: string): Promise<Response> => {
  if (!isKnown(path)) return new Response('Not found', { status: 404 })
  const [name, type] = TYPES[path]
  const content = await readFile(new URL(name, import.meta.url))
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        // The components of the host set styles on elements.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' https: data:",
        "connect-src 'self'",
        `frame-src ${frameSource}`,
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    },
  })
}
