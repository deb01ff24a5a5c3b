export { Marketplace, type MarketplaceProps } from './marketplace'
export type { InstallationTab, MarketplaceRoute } from './route'
