import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@souk/server-adapter/node'
import { createSandbox } from '@souk/server-adapter/sandbox'
import type { Scripts } from './build-scripts'
import type { Deployed } from './deploy-app'

const html = (head: string, body: string): Response =>
  new Response(`<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })

const script = (source: string): Response =>
  new Response(source, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })

/**
 * Serves the pages on `localhost`, and every frame on an origin and site of its own: Souk's from its real sandbox, the
 * peers' on `<contender>.localhost`.
 */
export const serve = async (deployed: Deployed, scripts: ReadonlyMap<string, Scripts>) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const sandbox = createSandbox({
    isolation: 'origin',
    origin: `http://*.localhost:${port}`,
    hostOrigins: [origin],
    storage: deployed.storage,
    onError: (error) => console.error(error),
  })
  const extensions = deployed.extensions.map((extension) => {
    const { appInstallationId: id, deploymentId } = extension
    return { ...extension, frameUrl: `http://${id}.localhost:${port}/frame/${id}/${deploymentId}` }
  })

  const servePage = (name: string): Response => {
    const config = { frameUrl: `http://${name}.localhost:${port}/frame.html`, extension: extensions[0], extensions }
    const json = `<script id="config" type="application/json">${JSON.stringify(config)}</script>`
    return html('', `${json}<script src="/${name}.js"></script>`)
  }

  const serveFrame = (name: string, path: string): Response | undefined => {
    const { frame, worker } = scripts.get(name) ?? {}
    if (path === '/frame.html') return html('', '<script src="/frame.js"></script>')
    if (path === '/frame.js' && frame) return script(frame)
    return path === '/worker.js' && worker ? script(worker) : undefined
  }

  const route = (request: Request): Response | Promise<Response> => {
    const { hostname, pathname } = new URL(request.url)
    const [label = ''] = hostname.split('.')
    if (hostname === 'localhost') {
      const [, name = '', extension] = /^\/([a-z-]+)\.(html|js)$/.exec(pathname) ?? []
      const found = scripts.get(name)
      if (found) return extension === 'js' ? script(found.page) : servePage(name)
      return new Response('Not found', { status: 404 })
    }
    if (scripts.has(label)) return serveFrame(label, pathname) ?? new Response('Not found', { status: 404 })
    return sandbox.fetch(request)
  }

  server.on('request', toNodeListener({ fetch: async (request) => route(request) }))
  return {
    origin,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
