import type { Contract, PlainRecord, StandardContract, SurfaceContext } from '@souk/extension-sdk/protocol'
import { useEffect, useState } from 'react'
import { useSouk } from './souk-context'
import type { PlacedSurface } from './surfaces/extension-host'
import type { SurfaceInstance } from './surfaces/extension-session'
import { useExtensionHost } from './surfaces/host-context'
import { usePlacedSurfaces } from './surfaces/use-placed-surfaces'
import { RootView } from './tree/root-view'

export interface SurfaceProps<C extends Contract, N extends keyof C['surfaces'] & string> {
  readonly name: N
  readonly context: SurfaceContext<C['surfaces'][N]>
}

/** Shows everything that installed extensions draw in a place of the product, each in its own frame. */
export const Surface = <
  C extends Contract = StandardContract,
  N extends keyof C['surfaces'] & string = keyof C['surfaces'] & string,
>({
  name,
  context,
}: SurfaceProps<C, N>) => {
  // A context is made of the contract's schemas, which describe plain data only; it is checked before it leaves.
  const placed = usePlacedSurfaces(name, context as PlainRecord)
  return (
    <>
      {placed.places.map((place) => (
        <Widget
          key={`${place.extension.appInstallationId} ${place.surface.id}`}
          place={place}
          context={placed.context}
        />
      ))}
    </>
  )
}

interface WidgetProps {
  readonly place: PlacedSurface
  readonly context: PlainRecord
}

const Widget = ({ place, context }: WidgetProps) => {
  const { registry } = useSouk()
  const { extension, surface } = place
  const { WidgetFrame } = registry.chrome
  return (
    <WidgetFrame title={surface.label} appTitle={extension.title} avatarUrl={extension.avatarUrl}>
      {extension.needsConfiguration ? (
        <registry.chrome.Notice
          title={`${extension.title} is not set up yet`}
          message="An administrator has to fill in its settings in the marketplace."
          code="NOT_CONFIGURED"
        />
      ) : (
        <RunningWidget extension={extension} surface={surface} context={context} />
      )}
    </WidgetFrame>
  )
}

const RunningWidget = ({ extension, surface, context }: PlacedSurface & Pick<WidgetProps, 'context'>) => {
  const host = useExtensionHost()
  const { registry } = useSouk()
  const [attempt, setAttempt] = useState(0)
  const [instance, setInstance] = useState<SurfaceInstance | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new context updates the instance below; a new attempt makes a new one.
  useEffect(() => {
    const drawn = host.draw({ extension, surface }, context)
    setInstance(drawn)
    return () => {
      drawn.close()
      setInstance(null)
    }
  }, [host, extension, surface, attempt])

  useEffect(() => instance?.update(context), [instance, context])

  if (!instance) return <registry.chrome.Placeholder label={extension.title} />
  return (
    <RootView
      store={instance.store}
      registry={registry}
      appTitle={extension.title}
      onRetry={() => setAttempt((count) => count + 1)}
    />
  )
}
