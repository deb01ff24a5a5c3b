import { useSouk } from '../souk-context'
import { useMarketplace } from './marketplace-context'
import type { MarketplaceRoute } from './route'

interface BackLinkProps {
  readonly label: string
  readonly to: MarketplaceRoute
}

export const BackLink = ({ label, to }: BackLinkProps) => {
  const { Button } = useSouk().registry.components
  const { go } = useMarketplace()
  return (
    <div className="souk-marketplace-back">
      <Button variant="quiet" size="small" onPress={() => go(to)}>
        <span aria-hidden="true" className="souk-marketplace-back-arrow">
          ←
        </span>
        {label}
      </Button>
    </div>
  )
}
