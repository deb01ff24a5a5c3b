import type { PlainRecord } from '@souk/extension-sdk/protocol'
import { useEffect, useMemo, useState } from 'react'
import type { PlacedSurface } from './extension-host'
import { useExtensionHost } from './host-context'

/** Only these start a frame to be asked; what is not set up could not answer. */
const decidesItself = ({ extension, surface }: PlacedSurface): boolean =>
  !extension.needsConfiguration && surface.expressions?.includes('shouldShow') === true

/**
 * The surfaces to offer here. One that decides itself is asked in its frame, and is not offered before it has said yes.
 * When the context changes, what is shown stays until the new answer is there, so that a widget keeps its state.
 */
export const useOffered = (places: readonly PlacedSurface[], context: PlainRecord): readonly PlacedSurface[] => {
  const host = useExtensionHost()
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    const abort = new AbortController()
    for (const place of places.filter(decidesItself)) {
      const key = keyOf(place)
      void host.shouldShow(place, context, abort.signal).then((show) => {
        if (abort.signal.aborted) return
        setShown((before) => {
          if (before.has(key) === show) return before
          const next = new Set(before)
          if (show) next.add(key)
          else next.delete(key)
          return next
        })
      })
    }
    return () => abort.abort()
  }, [host, places, context])

  return useMemo(() => places.filter((place) => !decidesItself(place) || shown.has(keyOf(place))), [places, shown])
}

const keyOf = ({ extension, surface }: PlacedSurface): string =>
  JSON.stringify([extension.appInstallationId, extension.deploymentId, surface.kind, surface.id])
