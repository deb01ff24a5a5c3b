/** The sections of an app's page. */
export type DeveloperAppTab = 'versions' | 'listing' | 'logs'

/** The sections of a developer account's page. */
export type DeveloperAccountTab = 'members' | 'keys'

/** Where the user is among the developer screens. A product may keep it in its own address; never the token, which logs would keep. */
export type DeveloperRoute =
  | { readonly name: 'apps' }
  | { readonly name: 'app'; readonly slug: string; readonly tab: DeveloperAppTab }
  | { readonly name: 'version'; readonly slug: string; readonly id: string }
  | { readonly name: 'accounts' }
  | { readonly name: 'account'; readonly id: string; readonly tab: DeveloperAccountTab }
  | { readonly name: 'invitation'; readonly token?: string }

/** Where a reviewer is. */
export type ReviewRoute = { readonly name: 'queue' } | { readonly name: 'submission'; readonly id: string }
