/** Tables of an export in the order they are restored, with the columns that are carried. Others are made again. */
export const EXPORT_TABLES = {
  developer_account: ['id', 'slug', 'title', 'logo_url', 'feature_flags', 'created_at'],
  developer_account_member: ['developer_account_id', 'user_id', 'role'],
  app: [
    'id',
    'slug',
    'developer_account_id',
    'title',
    'description',
    'category',
    'tags',
    'avatar_url',
    'overview',
    'content_how_it_works',
    'content_configure',
    'screenshots',
    'website_url',
    'documentation_url',
    'support_url',
    'terms_url',
    'publication_status',
    'review_status',
    'has_bundle',
    'auto_approve',
    'verified',
    'created_at',
    'sort_title',
    'search_text',
  ],
  app_bundle: ['id', 'app_id', 'bundle_type', 'sha256', 'size_bytes', 'content', 'created_at'],
  app_deployment: [
    'id',
    'app_id',
    'deployment_type',
    'version',
    'client_bundle_id',
    'server_bundle_id',
    'manifest',
    'target_organization_id',
    'status',
    'release_notes',
    'created_by',
    'created_at',
    'reviewed_by',
    'reviewed_at',
    'rejection_reason',
    'published_at',
    'rollout_percent',
    'rollout_since',
    'rollout_halted_at',
    'rollout_halt_code',
    'review_position',
  ],
  app_installation: [
    'id',
    'app_id',
    'organization_id',
    'current_deployment_id',
    'granted_scopes',
    'granted_egress',
    'installed_by',
    'installed_at',
    'uninstalled_at',
    'channel',
  ],
  installation_event: [
    'id',
    'installation_id',
    'type',
    'from_deployment_id',
    'to_deployment_id',
    'granted_scopes',
    'granted_egress',
    'actor_id',
    'created_at',
  ],
  app_setting: ['installation_id', 'user_id', 'key', 'value', 'secret', 'deployment_id', 'replaced_by'],
  function_call: [
    'id',
    'installation_id',
    'deployment_id',
    'organization_id',
    'function_id',
    'user_id',
    'outcome',
    'error_code',
    'duration_ms',
    'logs',
    'created_at',
    'trace_id',
    'argument_bytes',
    'result_bytes',
  ],
  connection: [
    'id',
    'installation_id',
    'organization_id',
    'definition_id',
    'user_id',
    'slot',
    'label',
    'status',
    'variables',
    'sealed',
    'expires_at',
    'revision',
    'created_by',
    'created_at',
    'updated_at',
  ],
  app_value: ['installation_id', 'connection_id', 'collection', 'key', 'value', 'expires_at'],
  oauth_client: ['app_id', 'definition_id', 'client_id', 'sealed_secret', 'updated_at'],
  audit_entry: [
    'id',
    'organization_id',
    'developer_account_id',
    'actor_id',
    'action',
    'resource_type',
    'resource_id',
    'changes',
    'created_at',
  ],
} as const

/**
 * Columns of JSON, which an export holds as text inside of its own JSON: so they keep the order of keys, and characters that Postgres
 * allows in a json value and in no other.
 */
export const JSON_COLUMNS: ReadonlySet<string> = new Set(['manifest', 'value', 'logs', 'variables', 'changes'])

export type ExportTable = keyof typeof EXPORT_TABLES

export const isExportTable = (value: unknown): value is ExportTable =>
  typeof value === 'string' && Object.hasOwn(EXPORT_TABLES, value)

/** What each kind of export holds, by the rows it begins from: `$1` is the slug of the app or the id of the organization. */
export const EXPORT_KINDS = {
  app: {
    developer_account: (s: string) => `r.id = (select developer_account_id from ${s}.app where slug = $1)`,
    developer_account_member: (s: string) =>
      `r.developer_account_id = (select developer_account_id from ${s}.app where slug = $1)`,
    app: () => 'r.slug = $1',
    app_bundle: (s: string) => `r.app_id = (select id from ${s}.app where slug = $1)`,
    app_deployment: (s: string) => `r.app_id = (select id from ${s}.app where slug = $1)`,
    oauth_client: (s: string) => `r.app_id = (select id from ${s}.app where slug = $1)`,
  },
  organization: {
    app_installation: () => 'r.organization_id = $1',
    installation_event: (s: string) =>
      `r.installation_id in (select id from ${s}.app_installation where organization_id = $1)`,
    app_setting: (s: string) =>
      `r.installation_id in (select id from ${s}.app_installation where organization_id = $1)`,
    function_call: () => 'r.organization_id = $1',
    connection: () => 'r.organization_id = $1',
    app_value: (s: string) => `r.installation_id in (select id from ${s}.app_installation where organization_id = $1)`,
    audit_entry: () => 'r.organization_id = $1',
  },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<ExportTable, (s: string) => string>>>>>

export type ExportKind = keyof typeof EXPORT_KINDS

/** Which columns order the rows, so that what was added first is restored first. */
export const EXPORT_ORDER: Readonly<Record<ExportTable, string>> = {
  developer_account: 'r.seq',
  developer_account_member: 'r.user_id',
  app: 'r.seq',
  app_bundle: 'r.id',
  app_deployment: 'r.seq',
  app_installation: 'r.seq',
  installation_event: 'r.seq',
  app_setting: 'r.seq',
  function_call: 'r.seq',
  connection: 'r.seq',
  app_value: 'r.connection_id, r.collection, r.key',
  oauth_client: 'r.definition_id',
  audit_entry: 'r.seq',
}
