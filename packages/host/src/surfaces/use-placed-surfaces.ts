import type { PlainRecord } from '@souk/extension-sdk/protocol'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { HostError } from '../host-error'
import { useSouk } from '../souk-context'
import { checkSurfaceContext } from './check-surface-context'
import { type PlacedSurface, placedSurfaces } from './extension-host'
import { useExtensionHost } from './host-context'
import { useOffered } from './use-offered'

export interface PlacedSurfaces {
  readonly places: readonly PlacedSurface[]
  /** The context as it may leave the page: the same object until its content changes. */
  readonly context: PlainRecord
}

const NOWHERE: readonly PlacedSurface[] = []

/** The surfaces of all installed extensions for a place, or none when the place's context is wrong, which is reported. */
export const usePlacedSurfaces = (name: string, context: PlainRecord): PlacedSurfaces => {
  const host = useExtensionHost()
  const { registry } = useSouk()
  const extensions = useSyncExternalStore(host.list.subscribe, host.list.get, host.list.get)
  const text = JSON.stringify(context)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` is the content of `context`, whose identity means nothing.
  const stable = useMemo(() => context, [text])
  const problem = useMemo(() => {
    try {
      checkSurfaceContext(registry.contract, name, stable)
      return undefined
    } catch (error) {
      if (error instanceof HostError) return error
      throw error
    }
  }, [registry, name, stable])
  useEffect(() => {
    if (problem) host.report({ code: problem.code, message: problem.message })
  }, [host, problem])
  const places = useMemo(
    () => (problem ? NOWHERE : placedSurfaces(extensions, name, stable.recordType)),
    [problem, extensions, name, stable],
  )
  return { places: useOffered(places, stable), context: stable }
}
