import { Marketplace } from '@souk/host/marketplace'
import { navigate } from '../router'

export interface AppsProps {
  /** The path of the page: `/apps` and what follows it. */
  readonly path: string
}

export const Apps = ({ path }: AppsProps) => (
  <div className="fh-page">
    <Marketplace
      route={path.slice('/apps'.length) || '/'}
      onRouteChange={(route) => navigate(`/apps${route === '/' ? '' : route}`)}
    />
  </div>
)
