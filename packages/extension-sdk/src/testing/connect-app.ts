import type { App } from '../app/surfaces'
import { runQuickAction } from '../client/quick-actions'
import type { PortLike } from '../protocol/channel'
import type { FrameIdentity } from '../protocol/messages'
import { CAPABILITIES, PROTOCOL_VERSION } from '../protocol/version'
import { startExtension } from '../runtime/start-extension'

interface ConnectOptions {
  readonly extension: FrameIdentity
  readonly onConnect: (port: PortLike, version: number, capabilities?: readonly string[]) => void
}

/**
 * Runs an app in this realm, without a frame, at the other end of a real port: `<SoukProvider connect={connectApp(app)}>`
 * draws it with the product's own components.
 *
 * @param onRefused Told of messages that were dropped.
 */
export const connectApp =
  (app: App, onRefused: (sentence: string) => void = (sentence) => console.warn(sentence)) =>
  ({ extension, onConnect }: ConnectOptions): { dispose(): void } => {
    const { port1, port2 } = new MessageChannel()
    const { appId, appInstallationId } = extension
    const running = startExtension({
      app,
      port: port2,
      identity: { appId, appInstallationId },
      runQuickAction,
      onRefused,
    })
    let isDisposed = false
    queueMicrotask(() => {
      if (!isDisposed) onConnect(port1, PROTOCOL_VERSION, CAPABILITIES)
    })
    return {
      dispose() {
        isDisposed = true
        running.dispose()
        port1.close()
        port2.close()
      },
    }
  }
