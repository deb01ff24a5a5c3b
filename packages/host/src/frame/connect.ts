import type { PortLike } from '@souk/extension-sdk/protocol'
import { type ActiveExtension, isRefusal, negotiateVersion, parseConnectMessage } from '@souk/extension-sdk/protocol'
import { createId } from '../create-id'
import type { ReportDiagnostic } from '../diagnostic'
import { HostError } from '../host-error'
import { checkFrameUrl, findSharedCluster } from './allowed-origin'
import { createFrame } from './create-frame'

export interface ConnectOptions {
  readonly extension: ActiveExtension
  readonly report: ReportDiagnostic
  /** Called at most once, with the only port to the extension, the protocol version both sides speak, and what the frame can do. */
  readonly onConnect: (port: PortLike, version: number, capabilities?: readonly string[]) => void
  /** Called at most once: the frame could not connect, or had to be removed. */
  readonly onEnd: (error: HostError) => void
}

export interface Connection {
  /** Removes the frame, and with it everything that runs inside. */
  dispose(): void
}

/** How a session gets a port to an extension. Tests pass their own. */
export type ConnectExtension = (options: ConnectOptions) => Connection

const LOAD_TIMEOUT_MS = 20_000

/**
 * Mounts the frame and takes the one port it offers.
 *
 * A message is accepted only once and only when the window, the exact origin, the ids, the nonce and the number of ports are right.
 * Everything else that the frame posts is counted and dropped.
 */
export const connectFrame: ConnectExtension = ({ extension, report, onConnect, onEnd }) => {
  const url = checkFrameUrl(extension, location.href)
  const { appId, appInstallationId, isolation } = extension
  // Browsers without it keep the origins of a site apart by themselves, or cannot tell.
  const isOriginKeyed = !('originAgentCluster' in window) || window.originAgentCluster === true
  const shared = findSharedCluster(url, { hostname: location.hostname, isOriginKeyed })
  if (shared) report({ code: 'FRAME_SAME_SITE', message: shared, appInstallationId })
  const expectedOrigin = isolation === 'opaque' ? 'null' : url.origin
  const nonce = createId()
  url.hash = `n=${nonce}&o=${encodeURIComponent(location.origin)}`
  const frame = createFrame(document, { src: url.href, isolation, title: `${extension.title} (extension)` })
  let isConnected = false
  let isOver = false
  let loads = 0
  let dropped = 0

  const dispose = () => {
    isOver = true
    clearTimeout(timer)
    removeEventListener('message', receive)
    frame.removeEventListener('load', countLoad)
    frame.remove()
  }

  const end = (error: HostError) => {
    if (isOver) return
    dispose()
    onEnd(error)
  }

  const drop = (reason: string) => {
    dropped++
    if (dropped === 1)
      report({ code: 'INVALID_MESSAGE', message: `A window message was dropped. ${reason}`, appInstallationId })
  }

  const receive = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.source === null) return
    if (event.origin !== expectedOrigin) return drop(`It came from ${event.origin}, not from ${expectedOrigin}.`)
    if (isConnected) return drop('The frame has connected already.')
    const message = parseConnectMessage(event.data, { appId, appInstallationId, nonce })
    if (isRefusal(message)) return drop(message.refused)
    const [port] = event.ports
    if (!port || event.ports.length !== 1)
      return drop(`It carried ${event.ports.length} ports; exactly one is expected.`)
    const version = negotiateVersion(message.versions)
    if (version === undefined)
      return end(
        new HostError(
          'PROTOCOL_VERSION_UNSUPPORTED',
          `The extension speaks the protocol versions ${message.versions.join(', ')}, none of which this product knows. ` +
            'Update @souk/host, or build the extension with an SDK of the same time.',
        ),
      )
    isConnected = true
    clearTimeout(timer)
    onConnect(port, version, message.capabilities)
  }

  const countLoad = () => {
    loads++
    if (loads > 1)
      end(
        new HostError(
          'FRAME_NAVIGATED',
          'The extension frame loaded a second document, so it was removed. Frames must stay where they are; reload to try again.',
        ),
      )
  }

  const timer = setTimeout(
    () =>
      end(
        new HostError(
          'FRAME_LOAD_FAILED',
          `The extension frame on ${url.origin} did not connect within ${LOAD_TIMEOUT_MS / 1000} seconds. ` +
            "Check that the sandbox is running there and that the page's Content-Security-Policy allows it in frame-src.",
        ),
      ),
    LOAD_TIMEOUT_MS,
  )
  addEventListener('message', receive)
  frame.addEventListener('load', countLoad)
  document.body.append(frame)
  return { dispose }
}
