import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeListener } from '@souk/server-adapter/node'
import { createSandbox, type FrameAssets } from '@souk/server-adapter/sandbox'
import { createInstalledWorld } from '../../packages/server-adapter/test/support/create-world'
import { toAsset } from '../cage/assets'

type Answering = (request: Request) => Promise<Response>

/** What is wrong with a deployment. Each gets an answer as it should be and gives the one that is sent. */
export interface Misconfiguration {
  readonly isolation?: 'origin' | 'opaque'
  readonly sandbox?: (answer: Response, request: Request) => Response | Promise<Response>
  readonly page?: (answer: Response) => Response
  /** How the sandbox origin is said, with `*` for an installation. */
  readonly sandboxOrigin?: (port: number) => string
  /** How the frame's host is reached; by default as the sandbox says. */
  readonly frameHost?: (id: string, port: number) => string
  readonly pageHost?: string
}

export interface DeploymentOptions extends Misconfiguration {
  readonly assets?: FrameAssets
  /** What the page runs. */
  readonly script?: string
}

export interface Deployment {
  readonly page: string
  readonly frame: string
  readonly pageOrigin: string
  readonly installationId: string
  close(): Promise<void>
}

const ASSETS: FrameAssets = {
  boot: toAsset('/* boot */'),
  worker: toAsset('/* worker */'),
  probe: toAsset('/* probe */'),
}

const listen = async (answering: Answering) => {
  const server = createServer(toNodeListener({ fetch: answering }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The same answer with other headers. */
export const withHeaders = (answer: Response, change: (headers: Headers) => void): Response => {
  const headers = new Headers(answer.headers)
  change(headers)
  return new Response(answer.body, { status: answer.status, headers })
}

/** A real sandbox with one installed app, and a page of a product, as a product would run them, but for what is wrong. */
export const createDeployment = async (wrong: DeploymentOptions = {}): Promise<Deployment> => {
  const { isolation = 'origin', pageHost = 'localhost' } = wrong
  const world = await createInstalledWorld()
  let answerPage: Answering = async () => new Response(null, { status: 503 })
  let answerSandbox: Answering = answerPage
  const page = await listen((request) => answerPage(request))
  const server = await listen((request) => answerSandbox(request))
  const pageOrigin = `http://${pageHost}:${page.port}`
  const origin =
    wrong.sandboxOrigin?.(server.port) ??
    (isolation === 'origin' ? `http://*.localhost:${server.port}` : `http://127.0.0.1:${server.port}`)

  answerPage = async (request) => {
    if (new URL(request.url).pathname === '/page.js')
      return new Response(wrong.script, { headers: { 'content-type': 'text/javascript' } })
    const script = wrong.script === undefined ? '' : '<script type="module" src="/page.js"></script>'
    const answer = new Response(`<!doctype html><title>Product</title><body>${script}</body>`, {
      headers: { 'content-type': 'text/html', 'content-security-policy': `frame-src ${origin}` },
    })
    return wrong.page ? wrong.page(answer) : answer
  }
  const sandbox = createSandbox({
    storage: world.storage,
    isolation,
    origin,
    hostOrigins: [pageOrigin],
    loadAssets: async () => wrong.assets ?? ASSETS,
  })
  answerSandbox = async (request) => {
    const answer = await sandbox.fetch(request)
    return wrong.sandbox ? wrong.sandbox(answer, request) : answer
  }
  const { id } = world.installation
  const host = wrong.frameHost?.(id, server.port) ?? origin.replace('*', id)
  return {
    page: `${pageOrigin}/tickets`,
    frame: `${host}/frame/${id}/${world.first.id}`,
    pageOrigin,
    installationId: id,
    async close() {
      await Promise.all([page.close(), server.close()])
      await world.storage.close()
    },
  }
}
