import { createHash } from 'node:crypto'
import type { InstallationRecord, Storage } from '@souk/server-adapter/storage'
import { storageConformance } from '@souk/server-adapter/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { TENANT_TABLES } from '../migrations/0003-row-security'
import { WEBHOOK_TENANT_TABLES } from '../migrations/0008-webhooks'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { exportRows } from '../src/export/export-rows'
import { fromPool } from '../src/from-pool'
import { setRowSecurity } from '../src/set-row-security'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

// A role that owns nothing and is no superuser, as a product should connect.
const ROLE = 'souk_tenant_app'
const { pool: owner, database, schema, end } = await createRealDatabase('souk_row_security')
const url = new URL(inject('databaseUrl'))
url.username = ROLE
url.password = 'x'
const pool = new pg.Pool({ connectionString: url.href, max: 6 })
const storage = createPostgresStorage({ database: fromPool(pool), schema, rowSecurity: true })

const seedTenant = async (on: Storage, organizationId: string): Promise<InstallationRecord> => {
  const deployment = await seedDeployment(on, organizationId)
  const installation: InstallationRecord = {
    id: `inst-${organizationId}`,
    appId: deployment.appId,
    organizationId,
    currentDeploymentId: deployment.id,
    grantedScopes: [],
    grantedEgress: [],
    installedBy: 'ada',
    channel: 'stable',
    installedAt: new Date(),
    uninstalledAt: null,
  }
  await on.installations.create(installation, `event-${organizationId}`)
  await on.settings.write(installation.id, null, deployment.id, [{ key: 'k', value: organizationId, secret: true }])
  await on.functionCalls.record({
    id: `call-${organizationId}`,
    installationId: installation.id,
    deploymentId: deployment.id,
    organizationId,
    functionId: 'f',
    userId: 'ada',
    outcome: 'ok',
    errorCode: null,
    durationMs: 1,
    logs: [],
    createdAt: new Date(),
    traceId: 'trace',
    argumentBytes: 2,
    resultBytes: 2,
  })
  await on.audit.append({
    id: `audit-${organizationId}`,
    organizationId,
    developerAccountId: null,
    changes: {},
    actorId: 'ada',
    action: 'x',
    resourceType: 'x',
    resourceId: 'x',
    createdAt: new Date(),
  })
  const handlerId = `handler-${organizationId}`
  await on.webhookHandlers.create(
    {
      id: handlerId,
      tokenHash: createHash('sha256').update(organizationId).digest('hex'),
      installationId: installation.id,
      organizationId,
      handlerId: 'orders',
      connectionId: null,
      triggerId: null,
      workflowId: null,
      externalWebhookId: null,
      sealed: organizationId,
      isActive: true,
      createdAt: new Date(),
      updatedAt: new Date(),
    },
    1,
  )
  await on.webhookHandlers.acceptEvents(organizationId, handlerId, [organizationId], new Date())
  return installation
}

beforeAll(async () => {
  await owner.query(
    `do $$ begin create role ${ROLE} login password 'x'; exception when duplicate_object then null; end $$`,
  )
  await setRowSecurity(database, { schema, enabled: true, role: ROLE })
  await seedTenant(storage, 'victim')
  await seedTenant(storage, 'attacker')
})

afterAll(async () => {
  await pool.end()
  await end()
  await owner.query(`drop role if exists ${ROLE}`).catch(() => {})
})

/** Runs a statement as the product's role in a session that speaks for an organization. */
const asOrganization = async (organizationId: string, statement: string) => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('souk.organization_id', $1, true)`, [organizationId])
    return await client.query(statement)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test.each([...TENANT_TABLES, ...WEBHOOK_TENANT_TABLES])(
  'a query on %s that forgot its filter reads and changes rows of its own organization only',
  async (table) => {
    const all = await owner.query(`select count(*)::int as count from ${schema}.${table}`)
    expect(all.rows[0].count).toBeGreaterThanOrEqual(2)
    const seen = await asOrganization('attacker', `select to_jsonb(t)::text as row from ${schema}.${table} t`)
    expect(seen.rows).toHaveLength(1)
    expect(seen.rows[0].row).toContain('attacker')
    expect(seen.rows[0].row).not.toContain('victim')
    expect(
      (
        await asOrganization('attacker', `delete from ${schema}.${table} where false or true returning 1`).catch(
          (error) => error,
        )
      ).rowCount ?? 1,
    ).toBe(1)
    // Without saying whose, nothing.
    expect((await pool.query(`select 1 from ${schema}.${table}`)).rows).toEqual([])
    expect((await asOrganization('', `select 1 from ${schema}.${table}`)).rows).toEqual([])
  },
)

test.each([
  [`update SCHEMA.app_installation set organization_id = 'victim'`, /row-level security|immutable|stays/],
  [
    `insert into SCHEMA.app_setting (installation_id, key, value, secret, deployment_id) values ('inst-victim', 'planted', '1', false, 'deployment-victim')`,
    /row-level security/,
  ],
  [
    `insert into SCHEMA.audit_entry (id, organization_id, actor_id, action, resource_type, resource_id, created_at) values ('planted', 'victim', 'eve', 'x', 'x', 'x', now())`,
    /row-level security/,
  ],
  [`alter table SCHEMA.app_setting disable row level security`, /must be owner/],
  [`insert into SCHEMA.migration (id, name) values (99, 'x')`, /permission denied/],
])('%s is refused', async (statement, message) => {
  await expect(asOrganization('attacker', statement.replace('SCHEMA', schema))).rejects.toThrow(message)
})

test('the storage reads and writes as ever, and a method that lost its filter would still be held', async () => {
  expect((await storage.installations.listActive('victim', { limit: 100 })).items.map(({ id }) => id)).toEqual([
    'inst-victim',
  ])
  expect((await storage.settings.list('inst-victim', null)).map(({ value }) => value)).toEqual(['victim'])
  // The filters taken out of every statement of a tenant's table: row security alone decides.
  const careless = createPostgresStorage({
    schema,
    rowSecurity: true,
    database: {
      query: (text, params) => fromPool(pool).query(text, params),
      transaction: (work) =>
        fromPool(pool).transaction((tx) =>
          work({
            query: (text, params) =>
              tx.query(text.replace(/(\w+\.organization_id = )(\$\d+)/g, '($1$2 or true)'), params),
          }),
        ),
    },
  })
  expect((await careless.installations.listActive('attacker', { limit: 100 })).items.map(({ id }) => id)).toEqual([
    'inst-attacker',
  ])
  expect(await careless.installations.get('attacker', 'inst-victim')).toBe(null)
  expect(
    (await careless.audit.list({ type: 'organization', id: 'attacker' }, { limit: 50 })).items.map(({ id }) => id),
  ).toEqual(['audit-attacker'])
  expect((await careless.installations.events('attacker', 'inst-victim', { limit: 100 })).items).toEqual([])
})

test('connections go back to the pool without what they were told', async () => {
  await storage.installations.listActive('victim', { limit: 100 })
  const clients = await Promise.all(Array.from({ length: 6 }, () => pool.connect()))
  for (const client of clients) {
    const { rows } = await client.query(
      `select current_setting('souk.organization_id', true) as id, current_setting('souk.scope', true) as scope`,
    )
    expect([rows[0].id || null, rows[0].scope || null]).toEqual([null, null])
    client.release()
  }
})

test('an export of one organization holds nothing of another', async () => {
  const lines: string[] = []
  await exportRows(fromPool(pool), {
    kind: 'organization',
    name: 'attacker',
    schema,
    write: async (line) => void lines.push(line),
  })
  expect(lines).toHaveLength(9)
  expect(lines.join('\n')).not.toContain('victim')
})

storageConformance({
  test,
  createStorage: () => createPostgresStorage({ database: fromPool(pool), schema, rowSecurity: true }),
})
