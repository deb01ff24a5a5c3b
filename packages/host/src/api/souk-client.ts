import type {
  ActiveExtension,
  ApiOperation,
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
  PathParams,
  SettingsInput,
  SettingsResponse,
  SettingsScope,
} from '@souk/extension-sdk/protocol'
import type { GrantedFile } from '../surfaces/file-grants'
import type { FunctionParts } from './create-function-parts'

export type { CatalogQuery, ConnectInput, Consent, FunctionCall, PageQuery, SettingsInput }

/** What is sent with one call of an operation. */
export interface ApiCall<Params, Body, Query> {
  readonly params?: Params
  readonly body?: Body
  readonly query?: Query
  readonly signal?: AbortSignal | undefined
}

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
  /** @param takeParts Given the parts of a result that is streamed, which then is empty in the answer. Without it they come as one array. */
  callFunction(
    installationId: string,
    call: FunctionCall,
    signal?: AbortSignal,
    takeParts?: (parts: FunctionParts) => void,
  ): Promise<FunctionCallResponse>
  /** Sends the files along, as the browser reads them: none is ever whole in the page's memory. */
  callFunctionWithFiles(
    installationId: string,
    call: FunctionCall,
    files: readonly GrantedFile[],
    signal?: AbortSignal,
    takeParts?: (parts: FunctionParts) => void,
  ): Promise<FunctionCallResponse>
  /** Of the caller, oldest first. */
  developerAccounts(query?: PageQuery): Promise<Page<DeveloperAccount>>
  /** The command line that waits under the code that a person typed. */
  deviceLogin(userCode: string): Promise<DeviceLogin>
  approveDeviceLogin(userCode: string, developerAccountId: string): Promise<DeviceLogin>
  denyDeviceLogin(userCode: string): Promise<DeviceLogin>
  /** Any operation of the API, also one without a method here. */
  request<Path extends string, Answer, Body, Query extends object>(
    operation: ApiOperation<Path, Answer, Body, Query>,
    call?: ApiCall<PathParams<Path>, Body, Query>,
  ): Promise<Answer>
  /** As `request`, for what changes something: those who subscribed are told. */
  change<Path extends string, Answer, Body, Query extends object>(
    operation: ApiOperation<Path, Answer, Body, Query>,
    call?: ApiCall<PathParams<Path>, Body, Query>,
  ): Promise<Answer>
  /** Tells the listener after each change of installations or settings made with this client. Returns its end. */
  subscribe(listener: () => void): () => void
}
