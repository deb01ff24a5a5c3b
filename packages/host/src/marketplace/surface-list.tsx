import type { CatalogDeployment } from '@souk/extension-sdk/protocol'
import { useSouk } from '../souk-context'

interface SurfaceListProps extends Pick<CatalogDeployment, 'surfaces'> {
  readonly tools: CatalogDeployment['tools']
  /** What a tool is called. */
  readonly toolLabel: string
}

/** Where the app will appear, in the words of the product's own contract, and what it can do beside that. */
export const SurfaceList = ({ surfaces, tools = [], toolLabel }: SurfaceListProps) => {
  const { contract, components } = useSouk().registry
  const { Badge, List, ListItem } = components
  // The contract may be a product's own, with surfaces that the standard one lacks.
  const places: Readonly<Record<string, { readonly description: string }>> = contract.surfaces
  return (
    <List>
      {surfaces.map((surface) => (
        <ListItem
          key={`${surface.kind} ${surface.id}`}
          title={surface.label}
          description={surface.description}
          trailing={<Badge>{trimPeriod(places[surface.kind]?.description ?? surface.kind)}</Badge>}
        />
      ))}
      {tools.map(({ id, title, description }) => (
        <ListItem key={`tool ${id}`} title={title} description={description} trailing={<Badge>{toolLabel}</Badge>} />
      ))}
    </List>
  )
}

const trimPeriod = (sentence: string) => sentence.replace(/\.$/, '')
