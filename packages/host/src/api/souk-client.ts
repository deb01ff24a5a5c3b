import type {
  ActiveExtension,
  CatalogApp,
  CatalogQuery,
  CatalogVersion,
  ConnectInput,
  ConnectionInfo,
  ConnectionsResponse,
  ConnectResponse,
  Consent,
  DeveloperAccount,
  DeviceLogin,
  FunctionCall,
  FunctionCallResponse,
  Installation,
  InstallationEvent,
  MeResponse,
  Page,
  PageQuery,
  SettingsInput,
  SettingsResponse,
  SettingsScope,
} from '@souk/extension-sdk/protocol'

export type { CatalogQuery, ConnectInput, Consent, FunctionCall, PageQuery, SettingsInput }

/** The HTTP API for a product's page. Every method rejects with a `HostError`. */
export interface SoukClient {
  me(): Promise<MeResponse>
  catalog(query?: CatalogQuery): Promise<Page<CatalogApp>>
  catalogApp(slug: string): Promise<CatalogApp>
  /** The published versions of an app, newest first. */
  catalogVersions(slug: string, query?: PageQuery): Promise<Page<CatalogVersion>>
  /** What runs in the caller's organization now. */
  extensions(): Promise<readonly ActiveExtension[]>
  /** Oldest first. */
  installations(query?: PageQuery): Promise<Page<Installation>>
  installation(id: string): Promise<Installation>
  install(
    input: Consent & { readonly appId: string; readonly channel?: 'stable' | 'pinned' | undefined },
  ): Promise<Installation>
  upgrade(id: string, input: Consent): Promise<Installation>
  rollback(id: string): Promise<Installation>
  moveToChannel(id: string, channel: 'stable' | 'pinned'): Promise<Installation>
  uninstall(id: string): Promise<Installation>
  /** Newest first. */
  events(id: string, query?: PageQuery): Promise<Page<InstallationEvent>>
  settings(id: string, scope: SettingsScope): Promise<SettingsResponse>
  saveSettings(id: string, scope: SettingsScope, values: SettingsInput): Promise<SettingsResponse>
  /** What the app connects to, and the accounts: the organization's and the user's own. */
  connections(id: string): Promise<ConnectionsResponse>
  /** Connects, or answers with the address the user has to go to. */
  connect(id: string, input: ConnectInput): Promise<ConnectResponse>
  testConnection(id: string, connectionId: string): Promise<ConnectionInfo>
  disconnect(id: string, connectionId: string): Promise<ConnectionInfo>
  callFunction(installationId: string, call: FunctionCall, signal?: AbortSignal): Promise<FunctionCallResponse>
  /** Of the caller, oldest first. */
  developerAccounts(query?: PageQuery): Promise<Page<DeveloperAccount>>
  /** The command line that waits under the code that a person typed. */
  deviceLogin(userCode: string): Promise<DeviceLogin>
  approveDeviceLogin(userCode: string, developerAccountId: string): Promise<DeviceLogin>
  denyDeviceLogin(userCode: string): Promise<DeviceLogin>
  /** Tells the listener after each change of installations or settings made with this client. Returns its end. */
  subscribe(listener: () => void): () => void
}
