/** The sections of an installed app; `page` is what the app itself draws, where it has a page. */
export type InstallationTab = 'page' | 'settings' | 'connections' | 'update' | 'history' | 'manage'

/** Where the user is inside the marketplace. A product may keep it in its own address. */
export type MarketplaceRoute =
  | { readonly name: 'browse' }
  | { readonly name: 'app'; readonly slug: string }
  | { readonly name: 'installed' }
  | { readonly name: 'installation'; readonly id: string; readonly tab: InstallationTab }
