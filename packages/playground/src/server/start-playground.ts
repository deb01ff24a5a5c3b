import { randomBytes } from 'node:crypto'
import { createSouk } from '@souk/server-adapter'
import { createSandbox } from '@souk/server-adapter/sandbox'
import { createMemoryStorage } from '@souk/server-adapter/storage'
import type { Playground, PlaygroundOptions } from '../../../extension-sdk/src/cli/dev/playground'
import { createEvents } from './create-events'
import { createHotScripts } from './create-hot-scripts'
import { createInstaller, DEVELOPER } from './create-installer'
import { listen } from './listen'
import { createLocalRuntime } from './local-runtime'
import { reportingRuntime } from './reporting-runtime'
import { servePage } from './serve-page'

/** A whole product on this machine: the real server with a storage in memory, the real sandbox on a port of its own, and a page. */
export const startPlayground = async (options: PlaygroundOptions): Promise<Playground> => {
  const { cwd, port, sandboxPort, fixtures, onFunction } = options
  const events = createEvents()
  const hotScripts = createHotScripts()
  const storage = createMemoryStorage()
  const { runtime, problem } = createLocalRuntime(cwd, fixtures.hosts ?? {})

  let serveSandbox: ((request: Request) => Promise<Response>) | undefined
  const sandboxServer = await listen(sandboxPort, '--sandbox-port', () => ({
    fetch: async (request) =>
      hotScripts.find(request) ?? (await serveSandbox?.(request)) ?? new Response('Not ready', { status: 503 }),
  })).catch(async (error: unknown) => {
    await runtime.dispose()
    throw error
  })

  const frameSource = `http://*.localhost:${sandboxServer.port}`
  const start = (pagePort: number) => {
    const sandbox = { isolation: 'origin', origin: frameSource, hostOrigins: [`http://localhost:${pagePort}`] } as const
    serveSandbox = createSandbox({ storage, ...sandbox }).fetch
    return createSouk({
      storage,
      sandbox,
      runtime: reportingRuntime(runtime, (report) => {
        events.tell({ type: 'function', ...report })
        onFunction(report)
      }),
      // What it seals is gone with the process.
      secrets: { current: { id: 'playground', key: randomBytes(32).toString('base64') } },
      authenticate: () => DEVELOPER,
      // No product is here to take them. What a webhook was sent and gave is shown with its call.
      onTriggerEvents: () => {},
    })
  }

  let souk: ReturnType<typeof createSouk> | undefined
  const pageServer = await listen(port, '--port', (pagePort) => {
    const server = start(pagePort)
    souk = server
    return {
      async fetch(request) {
        const { host, pathname } = new URL(request.url)
        // A name that somebody points at this machine is not ours.
        if (host !== `localhost:${pagePort}` && host !== `127.0.0.1:${pagePort}`)
          return new Response('Not found', { status: 404 })
        if (pathname === server.basePath || pathname.startsWith(`${server.basePath}/`)) return server.fetch(request)
        if (pathname === '/playground/events') return events.respond(request.signal)
        if (pathname === '/playground/state') return Response.json({ fixtures, functionsProblem: problem })
        return servePage(pathname, frameSource)
      },
    }
  }).catch(async (error: unknown) => {
    await Promise.all([sandboxServer.close(), runtime.dispose()])
    throw error
  })
  // `listen` has called back with its port.
  const running = souk as unknown as ReturnType<typeof createSouk>
  const install = createInstaller(running, fixtures)

  return {
    url: `http://localhost:${pageServer.port}`,
    sandboxOrigin: frameSource,
    functionsProblem: problem,
    async deploy(build) {
      const { deploymentId, frameUrl, restart } = await install(build)
      events.tell({ type: 'deployed', deploymentId, frameUrl, restart })
    },
    hotUpdate(script) {
      hotScripts.add(script)
      events.tell({ type: 'hot-update', sha256: script.sha256 })
    },
    tell: events.tell,
    async close() {
      events.close()
      await Promise.all([pageServer.close(), sandboxServer.close(), running.close()])
    },
  }
}
