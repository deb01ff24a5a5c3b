export { DeviceLogin, type DeviceLoginProps } from './device-login'
export { Marketplace, type MarketplaceProps } from './marketplace'
export type { InstallationTab, MarketplaceRoute } from './route'
