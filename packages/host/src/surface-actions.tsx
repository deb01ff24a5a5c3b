import type {
  Contract,
  PlainRecord,
  PlainValue,
  StandardContract,
  SurfaceContext,
  SurfaceEntry,
} from '@souk/extension-sdk/protocol'
import { type ReactNode, useState } from 'react'
import { useSouk } from './souk-context'
import { checkSurfaceContext } from './surfaces/check-surface-context'
import type { PlacedSurface } from './surfaces/extension-host'
import { useExtensionHost } from './surfaces/host-context'
import { usePlacedSurfaces } from './surfaces/use-placed-surfaces'

/** Something an extension offers to do; the product draws it as a button or a menu item. */
export interface SurfaceAction {
  readonly key: string
  readonly id: string
  readonly label: string
  readonly description: string | undefined
  readonly icon: string | undefined
  readonly appTitle: string
  readonly appInstallationId: string
  /** All that the manifest says of it, such as the fields of a block. */
  readonly surface: SurfaceEntry
  readonly isRunning: boolean
  /**
   * Never rejects: a failure is told to the user in a toast.
   *
   * @returns What a step of a workflow gave; nothing of other actions, and nothing after a failure.
   */
  run(): Promise<PlainValue>
  /** The same, with what is known only now, such as the input of a block, beside what `SurfaceActions` was given. */
  runWith(context: PlainRecord): Promise<PlainValue>
}

export interface SurfaceActionsProps<C extends Contract, N extends keyof C['surfaces'] & string> {
  readonly name: N
  readonly context: SurfaceContext<C['surfaces'][N]>
  readonly render: (actions: readonly SurfaceAction[]) => ReactNode
}

/** Hands the actions of installed extensions to `render`. No extension starts before one of its actions is run. */
export const SurfaceActions = <
  C extends Contract = StandardContract,
  N extends keyof C['surfaces'] & string = keyof C['surfaces'] & string,
>({
  name,
  context,
  render,
}: SurfaceActionsProps<C, N>) => {
  const host = useExtensionHost()
  const { services, registry } = useSouk()
  // A context is made of the contract's schemas, which describe plain data only; it is checked before it leaves.
  const placed = usePlacedSurfaces(name, context as PlainRecord)
  const [running, setRunning] = useState<readonly string[]>([])

  const run = async (place: PlacedSurface, key: string, context: PlainRecord): Promise<PlainValue> => {
    setRunning((keys) => [...keys, key])
    try {
      return await host.trigger(place, context)
    } catch (error) {
      const toast = {
        title: `${place.surface.label} did not work`,
        description: error instanceof Error ? error.message : 'Try again.',
        variant: 'error',
      } as const
      if (services.showToast) services.showToast(toast)
      else host.overlays.addToast(toast)
      return undefined
    } finally {
      setRunning((keys) => keys.filter((other) => other !== key))
    }
  }

  const actions = placed.places
    .filter(({ extension }) => !extension.needsConfiguration)
    .map((place): SurfaceAction => {
      const { extension, surface } = place
      const key = `${extension.appInstallationId} ${surface.id}`
      const isRunning = running.includes(key)
      const runWith = async (given: PlainRecord): Promise<PlainValue> => {
        if (isRunning) return undefined
        const now = { ...placed.context, ...given }
        checkSurfaceContext(registry.contract, name, now)
        return run(place, key, now)
      }
      return {
        key,
        id: surface.id,
        label: surface.label,
        description: surface.description,
        icon: surface.icon,
        appTitle: extension.title,
        appInstallationId: extension.appInstallationId,
        surface,
        isRunning,
        runWith,
        run: () => runWith({}),
      }
    })
  return <>{render(actions)}</>
}
