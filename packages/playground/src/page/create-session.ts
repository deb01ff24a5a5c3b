import { type ActiveExtension, createHotUpdate, type PortLike } from '@souk/extension-sdk/protocol'
import { type ConnectExtension, connectFrame, createSoukClient } from '@souk/host'

type Run = Pick<ActiveExtension, 'deploymentId' | 'frameUrl'>

/**
 * The client and the frames of the page. A frame stays while builds come and go: the list of extensions names the deployment it was
 * started with, and a frame that starts anew gets the newest.
 */
export const createSession = () => {
  const inner = createSoukClient({ baseUrl: '/api/souk' })
  const reloads = new Set<() => void>()
  const ports = new Map<PortLike, ActiveExtension>()
  let shown: Run | undefined
  let latest: Run | undefined

  const client: typeof inner = {
    ...inner,
    async extensions() {
      const extensions = await inner.extensions()
      return extensions.map((extension) => {
        const { deploymentId, frameUrl } = extension
        latest = { deploymentId, frameUrl }
        shown ??= latest
        return { ...extension, ...shown }
      })
    },
    subscribe(listener) {
      reloads.add(listener)
      const unsubscribe = inner.subscribe(listener)
      return () => {
        reloads.delete(listener)
        unsubscribe()
      }
    },
  }

  const connect: ConnectExtension = (options) => {
    let own: PortLike | undefined
    const connection = connectFrame({
      ...options,
      extension: { ...options.extension, ...latest },
      onConnect(port, version, capabilities) {
        own = port
        ports.set(port, options.extension)
        options.onConnect(port, version, capabilities)
      },
    })
    return {
      dispose() {
        if (own) ports.delete(own)
        connection.dispose()
      },
    }
  }

  return {
    client,
    connect,
    /** Runs new client code in every frame that is open. */
    hotUpdate(sha256: string) {
      for (const [port, { appId, appInstallationId }] of ports)
        port.postMessage(createHotUpdate({ appId, appInstallationId }, sha256))
    },
    deployed(run: Run, restart: boolean) {
      latest = run
      if (!restart) return
      shown = undefined
      for (const reload of [...reloads]) reload()
    },
  }
}

export type Session = ReturnType<typeof createSession>
