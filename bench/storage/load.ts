import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { DataSet } from './data-sets'

/** Identifiers of the rows of a data set, by number. */
export const idOf = (kind: string, index: number): string => `${kind}${String(index).padStart(9, '0')}`

const WORDS = [
  'orders',
  'tickets',
  'invoices',
  'shipping',
  'returns',
  'loyalty',
  'reviews',
  'payments',
  'stock',
  'labels',
  'surveys',
  'calls',
  'maps',
  'photos',
  'notes',
  'tasks',
  'quotes',
  'refunds',
  'coupons',
  'reports',
]
/** One in twenty apps has each of them in its title. */
export const COMMON_WORD = 'orders'
const CATEGORIES = ['support', 'sales', 'finance', 'marketing', 'operations']
export const CATEGORY = CATEGORIES[0] ?? ''
export const categoryOf = (app: number): string => CATEGORIES[app % CATEGORIES.length] ?? ''
export const titleOf = (app: number): string =>
  `${WORDS[app % WORDS.length]} ${WORDS[(app * 7 + 3) % WORDS.length]} ${app}`
/** One in ten has nothing published. */
export const isPublished = (app: number): boolean => app % 10 !== 0

/** A word that one app alone has. */
export const rareWord = (index: number): string => `rare${index.toString(36)}x`

/** The app of an installation: each organization has different ones. */
export const appOfInstallation = (index: number, set: DataSet): number =>
  (Math.floor(index / set.organizations) * 7_919 + (index % set.organizations)) % set.apps
export const organizationOf = (index: number, set: DataSet): number => index % set.organizations
const perApp = (set: DataSet): number => Math.max(1, Math.floor(set.deployments / set.apps))
/** The last of an app's deployments is its published one; one of the others is in development, aimed at an organization. */
export const publishedOf = (app: number, set: DataSet): number => app * perApp(set) + perApp(set) - 1

// Short, because how long bytes take is no question of how many bundles there are.
const contentOf = (bundle: number): Buffer => Buffer.from(`console.log(${bundle})\n`.repeat(20))
export const hashOf = (bundle: number): string => createHash('sha256').update(contentOf(bundle)).digest('hex')

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString()
const manifest = (id: string, version: string): string =>
  JSON.stringify({
    manifestVersion: 1,
    id,
    version,
    protocolVersion: 1,
    scopes: [{ id: 'tickets:read', purpose: 'Shows the ticket.' }],
    egress: { server: [] },
    surfaces: [],
    settings: { organization: {}, user: {} },
    functions: [],
  })

/** Fills a migrated, empty schema by COPY, with the order of things in which a marketplace grows, and then lets Postgres look at it. */
export const load = async (client: pg.PoolClient, schema: string, set: DataSet): Promise<void> => {
  const copy = async (
    table: string,
    columns: string,
    count: number,
    row: (index: number) => readonly (string | number | null)[],
  ) => {
    const stream = client.query(copyFrom(`copy ${schema}.${table} (${columns}) from stdin`))
    let part = ''
    for (let index = 0; index < count; index++) {
      part += `${row(index)
        .map((value) => (value === null ? '\\N' : String(value).replaceAll('\\', '\\\\')))
        .join('\t')}\n`
      if (part.length > 256_000) {
        if (!stream.write(part)) await once(stream, 'drain')
        part = ''
      }
    }
    stream.end(part)
    await once(stream, 'finish')
  }
  const per = perApp(set)

  // What is loaded holds by how it is made, so references need not be looked up one by one.
  await client.query('set session_replication_role = replica')
  await copy('developer_account', 'id, slug, title, feature_flags, created_at', set.accounts, (n) => [
    idOf('acc', n),
    idOf('acc', n),
    `Developer ${n}`,
    '{}',
    at(n),
  ])
  await copy('developer_account_member', 'developer_account_id, user_id, role', set.accounts, (n) => [
    idOf('acc', n),
    idOf('user', n),
    'owner',
  ])
  await copy('api_key', 'id, developer_account_id, user_id, name, key_hash, created_at', set.accounts, (n) => [
    idOf('key', n),
    idOf('acc', n),
    idOf('user', n),
    'CI',
    idOf('hash', n),
    at(n),
  ])
  await copy(
    'app',
    `id, slug, developer_account_id, title, description, category, screenshots, publication_status, review_status, has_bundle,
      auto_approve, verified, created_at, sort_title, search_text`,
    set.apps,
    (n) => {
      const title = titleOf(n)
      const description = `Helps a team with its work every day and finds ${rareWord(n)} in no time.`
      const published = isPublished(n)
      return [
        idOf('app', n),
        idOf('app', n),
        idOf('acc', n % set.accounts),
        title,
        description,
        categoryOf(n),
        '{}',
        published ? 'published' : 'draft',
        published ? 'published' : null,
        'true',
        'false',
        'true',
        at(n),
        title,
        `${title} ${description.toLowerCase().replace('.', '')} ${idOf('app', n)}`,
      ]
    },
  )
  await copy(
    'app_bundle',
    'id, app_id, bundle_type, sha256, size_bytes, content, created_at, uploaded_at',
    set.apps * per,
    (n) => {
      const content = contentOf(n)
      return [
        idOf('bun', n),
        idOf('app', Math.floor(n / per)),
        'client',
        hashOf(n),
        content.byteLength,
        `\\x${content.toString('hex')}`,
        at(n),
        at(n),
      ]
    },
  )
  await copy(
    'app_deployment',
    `id, app_id, deployment_type, version, client_bundle_id, manifest, target_organization_id, status, created_by, created_at,
      published_at, review_position`,
    set.apps * per,
    (n) => {
      const app = Math.floor(n / per)
      const step = n % per
      const base = [idOf('dep', n), idOf('app', app)]
      const version = `1.${step}.0`
      const rest = (target: string | null, status: string, publishedAt: string | null, position: number | null) => [
        version,
        idOf('bun', n),
        manifest(idOf('app', app), version),
        target,
        status,
        'ada',
        at(n),
        publishedAt,
        position,
      ]
      if (step === per - 1 && isPublished(app)) return [...base, 'production', ...rest(null, 'published', at(n), n + 1)]
      // One in a hundred apps waits for its review, so that the queue grows with the data; but it is never shorter than a page.
      if (step === per - 2 && (app % 100 === 1 || app < 50))
        return [...base, 'production', ...rest(null, 'pending-review', null, n + 1)]
      if (step === 0)
        return [...base, 'development', ...rest(idOf('org', app % set.organizations), 'active', null, null)]
      return [...base, 'production', ...rest(null, 'deprecated', at(n), n + 1)]
    },
  )
  await client.query(`select setval('${schema}.review_position_seq', $1)`, [set.deployments + 1])
  const deploymentOf = (n: number) => idOf('dep', publishedOf(appOfInstallation(n, set), set))
  const inst = (n: number) => idOf('inst', n)
  await copy(
    'app_installation',
    'id, app_id, organization_id, current_deployment_id, granted_scopes, granted_egress, installed_by, installed_at, uninstalled_at',
    set.installations,
    (n) => [
      inst(n),
      idOf('app', appOfInstallation(n, set)),
      idOf('org', organizationOf(n, set)),
      deploymentOf(n),
      '{tickets:read}',
      '{}',
      'ada',
      at(n),
      n % 20 === 19 ? at(n + 1) : null,
    ],
  )
  await copy(
    'installation_event',
    'id, installation_id, type, to_deployment_id, granted_scopes, granted_egress, actor_id, created_at',
    set.installations,
    (n) => [idOf('evt', n), inst(n), 'installed', deploymentOf(n), '{tickets:read}', '{}', 'ada', at(n)],
  )
  const each = Math.max(1, Math.round(set.settings / set.installations))
  await copy('app_setting', 'installation_id, user_id, key, value, secret, deployment_id', set.settings, (n) => {
    const installation = Math.floor(n / each) % set.installations
    const key = n % each
    // The organization's, and one of a user; one in five is a secret.
    return [
      inst(installation),
      key === 1 ? 'ada' : null,
      `setting.${key}`,
      '"a value of some length"',
      key === 0 ? 'true' : 'false',
      deploymentOf(installation),
    ]
  })
  await copy(
    'function_call',
    'id, installation_id, deployment_id, organization_id, function_id, user_id, outcome, duration_ms, logs, created_at',
    set.functionCalls,
    (n) => {
      // 50 calls of each of the installations that call.
      const installation = Math.floor(n / 50) % set.installations
      return [
        idOf('call', n),
        inst(installation),
        deploymentOf(installation),
        idOf('org', organizationOf(installation, set)),
        'src/a.server.ts#f',
        'ada',
        'ok',
        12,
        '[]',
        at(n),
      ]
    },
  )
  await copy(
    'audit_entry',
    'id, organization_id, actor_id, action, resource_type, resource_id, created_at',
    set.auditEntries,
    (n) => [
      idOf('aud', n),
      idOf('org', n % set.organizations),
      'ada',
      'installation.create',
      'installation',
      inst(n),
      at(n),
    ],
  )
  await client.query('set session_replication_role = origin')
  for (const { table } of (
    await client.query<{ table: string }>(
      `select relname as table from pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
      [schema],
    )
  ).rows)
    await client.query(`vacuum analyze ${schema}.${table}`)
}
