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
      {tools.map(({ id, title, description }) => (
        <ListItem
          key={`tool ${id}`}
          title={title}
          description={description}
          trailing={
            <Text size="small" tone="muted">
              {toolLabel}
            </Text>
          }
        />
      ))}
    </List>
  )
}

const trimPeriod = (sentence: string) => sentence.replace(/\.$/, '')
