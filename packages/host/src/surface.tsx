import type { Contract, PlainRecord, StandardContract, SurfaceContext } from '@souk/extension-sdk/protocol'
import { useLayoutEffect, useRef } from 'react'
import type { PlacedSurface } from './surfaces/extension-host'
import { useExtensionHost } from './surfaces/host-context'
import { usePlacedSurfaces } from './surfaces/use-placed-surfaces'
import type { OpenWidget } from './surfaces/widgets'

export interface SurfaceProps<C extends Contract, N extends keyof C['surfaces'] & string> {
  readonly name: N
  readonly context: SurfaceContext<C['surfaces'][N]>
  /** One surface alone, as on the canvas of a workflow: by what `SurfaceActions` says of it. */
  readonly only?: { readonly appInstallationId: string; readonly id: string }
  /** Without the title and the frame around each. */
  readonly bare?: boolean
  /** Told of the values of a panel, whenever the user or the extension changes one. Keep `context.values` as it was at first. */
  readonly onValuesChange?: (values: PlainRecord) => void
}

/** Shows everything that installed extensions draw in a place of the product, each in its own frame. */
export const Surface = <
  C extends Contract = StandardContract,
  N extends keyof C['surfaces'] & string = keyof C['surfaces'] & string,
>({
  name,
  context,
  only,
  bare,
  onValuesChange,
}: SurfaceProps<C, N>) => {
  // A context is made of the contract's schemas, which describe plain data only; it is checked before it leaves.
  const placed = usePlacedSurfaces(name, context as PlainRecord)
  return (
    <>
      {placed.places
        .filter(
          ({ extension, surface }) =>
            !only || (extension.appInstallationId === only.appInstallationId && surface.id === only.id),
        )
        .map((place) => (
          <Slot
            key={`${place.extension.appInstallationId} ${place.surface.id}`}
            place={place}
            context={placed.context}
            isBare={bare === true}
            onValuesChange={onValuesChange}
          />
        ))}
    </>
  )
}

interface SlotProps {
  readonly place: PlacedSurface
  readonly context: PlainRecord
  readonly isBare: boolean
  readonly onValuesChange: ((values: PlainRecord) => void) | undefined
}

const NO_BOX = { display: 'contents' } as const

/** The place of one widget. What is drawn there is drawn by the provider, so that it can move to another place as it is. */
const Slot = ({ place, context, isBare, onValuesChange }: SlotProps) => {
  const { widgets } = useExtensionHost()
  const { extension, surface } = place
  const slot = useRef<HTMLDivElement>(null)
  const widget = useRef<OpenWidget | null>(null)

  // A layout effect ends before React takes the element away, while the widget can still leave it unharmed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new context updates the widget below.
  useLayoutEffect(() => {
    if (!slot.current) return
    const attached = widgets.attach(slot.current, { extension, surface }, context)
    widget.current = attached.widget
    return attached.detach
  }, [widgets, extension, surface])

  useLayoutEffect(() => widget.current?.context.set(context), [context])

  useLayoutEffect(() => {
    widget.current?.options.set({
      isBare,
      // The panel's store keeps plain data by their names.
      ...(onValuesChange ? { onValuesChange: (values) => onValuesChange(values as PlainRecord) } : {}),
    })
  }, [isBare, onValuesChange])

  return <div ref={slot} style={NO_BOX} />
}
