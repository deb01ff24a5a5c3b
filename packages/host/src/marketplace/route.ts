/** The sections of an installed app's page. */
export type InstallationTab = 'settings' | 'connections' | 'update' | 'history' | 'manage'

/** Where the user is inside the marketplace. A product may keep it in its own address. */
export type MarketplaceRoute =
  | { readonly name: 'browse' }
  | { readonly name: 'app'; readonly slug: string }
  | { readonly name: 'installed' }
  | { readonly name: 'installation'; readonly id: string; readonly tab: InstallationTab }
