import type { SurfaceEntry } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'

/** Where the app will appear, in the words of the product's own contract. */
export const SurfaceList = ({ surfaces }: { readonly surfaces: readonly SurfaceEntry[] }) => {
  const { contract, components } = useSouk().registry
  const { List, ListItem, Text } = components
  // The contract may be a product's own, with surfaces that the standard one lacks.
  const places: Readonly<Record<string, { readonly description: string }>> = contract.surfaces
  return (
    <List>
      {surfaces.map((surface) => (
        <ListItem
          key={`${surface.kind} ${surface.id}`}
          title={surface.label}
          description={surface.description}
          trailing={
            <Text size="small" tone="muted">
              {trimPeriod(places[surface.kind]?.description ?? surface.kind)}
            </Text>
          }
        />
      ))}
    </List>
  )
}

const trimPeriod = (sentence: string) => sentence.replace(/\.$/, '')
