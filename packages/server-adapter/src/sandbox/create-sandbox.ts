import { isId } from '../crypto/create-id'
import { isSha256 } from '../crypto/hash'
import { isRunnable } from '../services/deployment-steps'
import { isStorageError, type Storage } from '../storage'
import { type FrameAssets, loadFrameAssets } from './frame-assets'
import { frameDocument, probeDocument } from './frame-document'
import { frameHeaders, refusalHeaders, scriptHeaders } from './frame-headers'
import { createSandboxOrigin, type SandboxOptions } from './sandbox-origin'

export interface CreateSandboxOptions extends SandboxOptions {
  readonly storage: Storage
  /** The scripts of the frame. Default: those this package was built with. */
  readonly loadAssets?: () => Promise<FrameAssets>
  readonly onError?: (error: unknown) => void
}

const FRAME = /^\/frame\/([^/]+)\/([^/]+)$/
/** The self-test of a product. It needs no installation, and says nothing of any. */
const PROBE = '/probe'
const SCRIPT = /^\/(b|boot)\/([^/]+)\.js$/

const refusal = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(text, { status, headers: { ...refusalHeaders, ...headers } })

/**
 * Serves the sandbox origin: frame documents, our scripts and client bundles, each by id or hash, the document of the self-test, and
 * nothing else.
 * It knows no users and reads no cookies; who knows an installation id learns which public bundle it runs.
 */
export const createSandbox = ({ storage, loadAssets = loadFrameAssets, onError, ...options }: CreateSandboxOptions) => {
  const sandbox = createSandboxOrigin(options)
  const { isolation } = options
  const hostOrigins = options.hostOrigins.map((origin) => new URL(origin).origin)
  let assets: Promise<FrameAssets> | undefined
  const getAssets = (): Promise<FrameAssets> => {
    assets ??= loadAssets()
    return assets
  }

  /** The client bundle to run and the runtime for it, if the frame may be served now. */
  const findFrame = async (installationId: string, deploymentId: string) => {
    const installation = await storage.installations.getForFrame(installationId)
    if (!installation || installation.uninstalledAt !== null) return undefined
    if (installation.currentDeploymentId !== deploymentId) return undefined
    const deployment = await storage.deployments.get(deploymentId)
    if (!deployment?.clientBundleId || !isRunnable(deployment, installation.organizationId)) return undefined
    const bundle = await storage.bundles.get(deployment.clientBundleId)
    if (!bundle) return undefined
    const { worker, workerDevelopment } = await getAssets()
    const runtime = (deployment.deploymentType === 'development' && workerDevelopment) || worker
    return { appId: installation.appId, bundleSha256: bundle.sha256, runtimeSha256: runtime.sha256 }
  }

  const serveFrame = async (origin: string, installationId: string, deploymentId: string): Promise<Response> => {
    const frame = await findFrame(installationId, deploymentId)
    if (!frame) return refusal(404, 'Not found')
    const { boot } = await getAssets()
    const html = frameDocument({
      ...frame,
      installationId,
      bootSha256: boot.sha256,
      hostOrigins,
    })
    return new Response(html, { headers: frameHeaders({ isolation, origin, hostOrigins }) })
  }

  const serveProbe = async (origin: string): Promise<Response> => {
    const { probe } = await getAssets()
    if (!probe) return refusal(404, 'Not found')
    const headers = frameHeaders({ isolation, origin, hostOrigins })
    return new Response(probeDocument(probe.sha256, hostOrigins), { headers })
  }

  const findScript = async (folder: string, sha256: string): Promise<string | Uint8Array | null> => {
    const { boot, probe, worker, workerDevelopment } = await getAssets()
    if (folder === 'boot') return [boot, probe].find((asset) => asset?.sha256 === sha256)?.source ?? null
    const runtime = [worker, workerDevelopment].find((asset) => asset?.sha256 === sha256)
    return runtime ? runtime.source : storage.bundles.clientContentByHash(sha256)
  }

  const serveScript = async (folder: string, sha256: string): Promise<Response> => {
    const content = await findScript(folder, sha256)
    if (content === null) return refusal(404, 'Not found')
    const body = typeof content === 'string' ? content : Uint8Array.from(content)
    return new Response(body, { headers: scriptHeaders })
  }

  const route = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const at = sandbox.match(request.headers.get('host') ?? url.host)
    if (!at) return refusal(404, 'Not found')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refusal(405, 'Method not allowed', { allow: 'GET, HEAD' })
    // A query could carry data out of a frame, and would make many names for one script.
    if (url.search !== '' || request.url.split('#', 1)[0]?.endsWith('?')) return refusal(404, 'Not found')

    if (url.pathname === PROBE) return serveProbe(at.origin)
    const [, installationId, deploymentId] = FRAME.exec(url.pathname) ?? []
    if (isId(installationId) && isId(deploymentId)) {
      const isOwn = at.installationId === null || at.installationId === installationId
      return isOwn ? serveFrame(at.origin, installationId, deploymentId) : refusal(404, 'Not found')
    }
    const [, folder, sha256] = SCRIPT.exec(url.pathname) ?? []
    return folder !== undefined && isSha256(sha256) ? serveScript(folder, sha256) : refusal(404, 'Not found')
  }

  return {
    async fetch(request: Request): Promise<Response> {
      let response: Response
      try {
        response = await route(request)
      } catch (error) {
        onError?.(error)
        response = isStorageError(error)
          ? refusal(503, 'The database did not answer. Try again.', { 'retry-after': '2' })
          : refusal(500, 'Something failed on the server.')
      }
      return request.method === 'HEAD'
        ? new Response(null, { status: response.status, headers: response.headers })
        : response
    },
  }
}

export type Sandbox = ReturnType<typeof createSandbox>
