import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Caller } from '../src/index'
import { createSouk, createTokenBucket } from '../src/index'
import { createMemoryStorage } from '../src/storage'
import { createFakeRuntime, createManifest, KEY, listing, SANDBOX } from './support/create-world'

const TENANTS = ['a', 'b'] as const
type Tenant = (typeof TENANTS)[number]

/** Stands in everything that a tenant writes, and in nothing that it may read of the other. */
const MARK: Readonly<Record<Tenant, string>> = { a: 'mark-of-a-7f3k', b: 'mark-of-b-9q2z' }
const MARKED: Readonly<Record<Tenant, RegExp>> = {
  a: /mark-of-a|a-app|a-dev|org-a|user-a/,
  b: /mark-of-b|b-app|b-dev|org-b|user-b/,
}
const other = (tenant: Tenant): Tenant => (tenant === 'a' ? 'b' : 'a')

const callerOf = (tenant: Tenant, role: 'admin' | 'member'): Caller => ({
  userId: `user-${tenant}-${role}`,
  organizationId: `org-${tenant}`,
  role,
  name: `${MARK[tenant]} ${role}`,
})

/**
 * The same requests for both tenants. `own` is filled in with the ids of the tenant that asks, `theirs` with those of the other one: what
 * somebody who has seen an id would try.
 */
const REQUESTS = [
  'GET /me',
  'GET /catalog/apps',
  'GET /catalog/apps?search=mark',
  'GET /catalog/apps/{slug}',
  'GET /extensions',
  'GET /installations',
  'POST /installations {"appId":"{app}","deploymentId":"{deployment}","grantedScopes":["tickets:read"],"grantedEgress":["orders.northwind.example"]}',
  'GET /installations/{installation}',
  'POST /installations/{installation}/upgrade {"deploymentId":"{next}","grantedScopes":["tickets:read"],"grantedEgress":["orders.northwind.example"]}',
  'POST /installations/{installation}/rollback {}',
  'POST /installations/{installation}/uninstall {}',
  'GET /installations/{installation}/events',
  'GET /installations/{installation}/settings/organization',
  'GET /installations/{installation}/settings/user',
  'PUT /installations/{installation}/settings/organization {"values":{"apiUrl":"https://{mark}.example","apiKey":"{mark}"}}',
  'PUT /installations/{installation}/settings/user {"values":{"compact":false}}',
  'POST /installations/{installation}/functions {"moduleHash":"src/orders.server.ts#findOrders","args":"[\\"{mark}\\"]","idempotencyKey":"same"}',
  'GET /installations/{installation}/logs',
  'POST /developer/accounts {"slug":"{tenant}-dev-{n}","title":"{mark}"}',
  'GET /developer/accounts',
  'POST /developer/accounts/{account}/api-keys {"name":"{mark}"}',
  'GET /developer/accounts/{account}/api-keys',
  'DELETE /developer/accounts/{account}/api-keys/{key}',
  'GET /developer/accounts/{account}/members',
  'PATCH /developer/accounts/{account}/members/user-a-admin {"role":"admin"}',
  'PATCH /developer/accounts/{account}/members/user-b-admin {"role":"owner"}',
  'DELETE /developer/accounts/{account}/members/user-b-member',
  'POST /developer/accounts/{account}/leave {}',
  'POST /developer/accounts/{account}/invitations {"userId":"{mark}-{n}","role":"member"}',
  'GET /developer/accounts/{account}/invitations',
  'DELETE /developer/accounts/{account}/invitations/{invitation}',
  'POST /developer/invitations/read {"token":"{token}"}',
  'POST /developer/invitations/accept {"token":"{token}"}',
  'POST /developer/invitations/decline {"token":"{token}"}',
  'GET /developer/keys',
  'DELETE /developer/keys/{key}',
  'POST /developer/device-logins/read {"userCode":"BCDF-GHJK"}',
  'POST /developer/device-logins/approve {"userCode":"BCDF-GHJK","developerAccountId":"{account}"}',
  'GET /developer/apps',
  'POST /developer/apps {"developerAccountId":"{account}","slug":"{tenant}-app-{n}","title":"{mark}"}',
  'GET /developer/apps/{slug}',
  'PATCH /developer/apps/{slug} {"title":"{mark}"}',
  'GET /developer/apps/{slug}/deployments',
  'GET /developer/apps/{slug}/bundles/client/{sha}',
  'GET /developer/deployments/{deployment}/checks',
  'POST /developer/deployments/{deployment}/submit {}',
  'POST /developer/deployments/{deployment}/withdraw {}',
  'POST /developer/deployments/{deployment}/deprecate {}',
  'POST /developer/deployments/{deployment}/restore {}',
  'GET /review/deployments',
  'GET /review/deployments/{deployment}',
  'POST /review/deployments/{deployment}/approve {}',
] as const

type Ids = Readonly<Record<string, string>>

const createTenants = async () => {
  const { runtime, functions } = createFakeRuntime()
  functions['src/orders.server.ts#findOrders'] = ({ context }, args) => ({
    args,
    settings: context.settings,
    of: context.organizationId,
  })
  const limits = { burst: 1_000_000, perSecond: 1 }
  const errors: unknown[] = []
  const souk = createSouk({
    storage: createMemoryStorage(),
    authenticate({ headers }) {
      const [tenant, role] = (headers.get('x-caller') ?? '').split(' ')
      return tenant === 'a' || tenant === 'b' ? callerOf(tenant, role === 'admin' ? 'admin' : 'member') : null
    },
    secrets: { current: { id: 'k', key: KEY } },
    runtime,
    sandbox: SANDBOX,
    onError: (error) => errors.push(error),
    rateLimits: { requests: createTokenBucket(limits), functionCalls: createTokenBucket(limits) },
  })
  const { api } = souk
  const open = async (tenant: Tenant): Promise<Ids> => {
    const admin = callerOf(tenant, 'admin')
    const account = await api.createDeveloperAccount(admin, { body: { slug: `${tenant}-dev`, title: MARK[tenant] } })
    const slug = `${tenant}-app`
    const app = await api.createApp(admin, {
      body: { developerAccountId: account.id, slug, ...listing, title: MARK[tenant] },
    })
    const body = new TextEncoder().encode(`// ${MARK[tenant]}`)
    const sha = Buffer.from(await crypto.subtle.digest('SHA-256', body)).toString('hex')
    for (const type of ['client', 'server'])
      await api.uploadBundle(admin, { params: { slug, type, sha256: sha }, body })
    const deploy = (version: string) =>
      api.createDeployment(admin, {
        params: { slug },
        body: {
          manifest: createManifest(version, { id: slug }),
          clientSha256: sha,
          serverSha256: sha,
          deploymentType: 'development',
          targetOrganizationId: admin.organizationId,
          releaseNotes: MARK[tenant],
        },
      })
    const deployment = await deploy('1.0.0')
    const next = await deploy('1.1.0')
    const installation = await api.install(admin, {
      body: {
        appId: app.id,
        deploymentId: deployment.id,
        grantedScopes: ['tickets:read'],
        grantedEgress: ['orders.northwind.example'],
      },
    })
    await api.saveSettings(admin, {
      params: { id: installation.id, scope: 'organization' },
      body: { values: { apiUrl: `https://${MARK[tenant]}.example`, apiKey: MARK[tenant] } },
    })
    const key = await api.createApiKey(admin, { params: { id: account.id }, body: { name: MARK[tenant] } })
    // For a member of the same organization, who has not answered.
    const invitation = await api.inviteMember(admin, {
      params: { id: account.id },
      body: { userId: callerOf(tenant, 'member').userId, role: 'member' },
    })
    return {
      tenant,
      invitation: invitation.id,
      token: invitation.token,
      slug,
      sha,
      mark: MARK[tenant],
      account: account.id,
      app: app.id,
      deployment: deployment.id,
      next: next.id,
      installation: installation.id,
      key: key.id,
    }
  }
  return { souk, errors, ids: { a: await open('a'), b: await open('b') } satisfies Record<Tenant, Ids> }
}

const step = fc.record({
  tenant: fc.constantFrom(...TENANTS),
  role: fc.constantFrom('admin', 'member'),
  request: fc.constantFrom(...REQUESTS),
  /** Whether the ids are the other tenant's. */
  stolen: fc.boolean(),
  idempotent: fc.boolean(),
  n: fc.nat(3),
})

test('two tenants with the same requests at once never see a byte of each other', async () => {
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      async (steps, together) => {
        const { souk, errors, ids } = await createTenants()
        const run = async ({ tenant, role, request, stolen, idempotent, n }: (typeof steps)[number]) => {
          const places: Ids = { ...ids[stolen ? other(tenant) : tenant], mark: MARK[tenant], tenant, n: String(n) }
          const [, method = '', path = '', body] =
            request.replaceAll(/\{(\w+)\}/g, (_, name) => places[name] ?? '').match(/^(\w+) (\S+)(?: (.*))?$/) ?? []
          const response = await souk.fetch(
            new Request(`http://product.test/api/souk${path}`, {
              method,
              headers: {
                'x-caller': `${tenant} ${role}`,
                'sec-fetch-site': 'same-origin',
                ...(body ? { 'content-type': 'application/json' } : {}),
                // The same for both, as two clients that count would send it.
                ...(idempotent && method !== 'GET' ? { 'idempotency-key': String(n) } : {}),
              },
              ...(body ? { body } : {}),
            }),
          )
          const text = [await response.text(), ...[...response.headers].flat()].join('\n')
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
          expect(response.status).toBeLessThan(500)
          // What the caller itself sent may come back in the sentence of a refusal.
          const sent = `${path} ${body ?? ''}`
          const seen =
            text.match(new RegExp(MARKED[other(tenant)], 'g'))?.filter((found) => !sent.includes(found)) ?? []
          expect(seen, `${tenant} ${request}: ${text}`).toEqual([])
          for (const id of Object.values(ids[other(tenant)]))
            if (id.length > 20 && !sent.includes(id)) expect(text).not.toContain(id)
        }
        for (let i = 0; i < steps.length; i += together) await Promise.all(steps.slice(i, i + together).map(run))
        expect(errors).toEqual([])

        // Whatever the other one tried, each still has its own.
        for (const tenant of TENANTS) {
          const admin = callerOf(tenant, 'admin')
          const accounts = await souk.api.listDeveloperAccounts(admin, {})
          expect(accounts.items.map(({ title }) => title).every((title) => title === MARK[tenant])).toBe(true)
          const { app } = await souk.api.getInstallation(admin, { params: { id: ids[tenant].installation ?? '' } })
          expect(app.slug).toBe(`${tenant}-app`)
        }
      },
    ),
    { numRuns: 60 },
  )
  // It was tried in earnest: many were let in, and many were sent away.
  expect(statuses.get(200)).toBeGreaterThan(100)
  expect(statuses.get(404)).toBeGreaterThan(100)
})

test('the comparison finds a single byte that leaks', () => {
  expect(JSON.stringify({ title: MARK.b }).match(MARKED.b)).not.toBeNull()
  expect(JSON.stringify({ title: MARK.a, organizationId: 'org-a' }).match(MARKED.b)).toBeNull()
})
