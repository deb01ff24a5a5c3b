/** What an app is told of, by the file that is told: `connection-added.event.ts` of `connection.added`. */
export type AppEvent =
  | { readonly type: 'installed' | 'uninstalled' }
  | { readonly type: 'settings.changed'; readonly scope: 'organization' | 'user' }
  | ConnectionEvent

export interface ConnectionEvent {
  readonly type: 'connection.added' | 'connection.removed'
  readonly connectionId: string
  /** The id of its definition: `shopify` for `shopify.connection.ts`. */
  readonly connection: string
}

/** What people are to know the account by. */
interface AccountLabel {
  readonly label?: string
}

// biome-ignore lint/suspicious/noConfusingVoidType: a function that names nothing returns nothing.
type ConnectionAnswer = AccountLabel | undefined | void

/** The default export of `connection-added.event.ts`. `getConnection()` gives the account that was connected. */
export type ConnectionAddedHandler = (event: ConnectionEvent) => ConnectionAnswer | Promise<ConnectionAnswer>

/** The default export of `connection-removed.event.ts`. `getConnection()` still gives the account; when this ends, it is gone, whatever is thrown. */
export type ConnectionRemovedHandler = (event: ConnectionEvent) => void | Promise<void>

/** The default export of any other `*.event.ts`. What it throws changes nothing, and is in the logs. */
export type AppEventHandler = (event: AppEvent) => void | Promise<void>
