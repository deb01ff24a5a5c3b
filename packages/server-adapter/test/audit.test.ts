import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { OPERATIONS, type OperationName } from '../src/http/operations'
import { createInstalledWorld, createManifest, listing, type Person, SECRET, TOKEN } from './support/create-world'

type World = Awaited<ReturnType<typeof createInstalledWorld>>

/** What is sent, by whom: a person, or the command line of the developer. */
interface Write {
  readonly who?: Person
  readonly line: string
  readonly body?: unknown
  readonly raw?: string
  readonly status?: number
}

/** Fields that the entry of the write has to name, and who made it. */
interface Case {
  readonly actor: string
  readonly action: string
  readonly fields: readonly string[]
  readonly owner: 'organization' | 'account'
  /** Brings the world to where the write can happen, and says how it is made. */
  readonly prepare: (world: World) => Promise<Write> | Write
}

const id = (world: World) => world.installation.id
const development = { deploymentType: 'development', targetOrganizationId: 'org-a' }

const deployed = async (world: World, ...steps: readonly ('submit' | 'start' | 'approve' | 'publish')[]) => {
  const deployment = await world.deploy(world.key, createManifest('1.1.0'))
  for (const step of steps) {
    const area = step === 'submit' || step === 'publish' ? 'developer' : 'review'
    const sent = area === 'developer' ? { key: world.key, body: {} } : { body: {} }
    await world.must(200, area === 'review' ? 'rex' : null, `POST /${area}/deployments/${deployment.id}/${step}`, sent)
  }
  return deployment.id as string
}

const step =
  (area: 'developer' | 'review', name: string, ...before: Parameters<typeof deployed>[1][]) =>
  async (world: World): Promise<Write> => ({
    ...(area === 'review' ? { who: 'rex' as const } : {}),
    line: `POST /${area}/deployments/${await deployed(world, ...before)}/${name}`,
    body: {},
  })

const upgraded = async (world: World) => {
  const { id: deploymentId } = await world.publish(world.key, createManifest('1.1.0'))
  return { deploymentId, ...world.consent }
}

const rolling = async (world: World) =>
  (await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 10 })).id as string

type Reads = {
  [Name in OperationName]: (typeof OPERATIONS)[Name]['method'] extends 'GET' ? Name : never
}[OperationName]

/** Every operation that writes. A call of a function has a log of its own. */
const WRITES: readonly OperationName[] = (Object.keys(OPERATIONS) as OperationName[]).filter(
  (name) => OPERATIONS[name].method !== 'GET' && name !== 'callFunction',
)

const CASES: Readonly<Partial<Record<Exclude<OperationName, Reads>, Case>>> = {
  install: {
    actor: 'bea',
    action: 'installation.create',
    fields: ['deploymentId', 'channel', 'grantedScopes', 'grantedEgress'],
    owner: 'organization',
    prepare: (world) => ({
      who: 'bea',
      line: 'POST /installations',
      body: { appId: world.app.id, deploymentId: world.first.id, ...world.consent },
      status: 201,
    }),
  },
  upgradeInstallation: {
    actor: 'ada',
    action: 'installation.upgrade',
    fields: ['deploymentId'],
    owner: 'organization',
    prepare: async (world) => ({
      who: 'ada',
      line: `POST /installations/${id(world)}/upgrade`,
      body: await upgraded(world),
    }),
  },
  rollbackInstallation: {
    actor: 'ada',
    action: 'installation.rollback',
    fields: ['deploymentId'],
    owner: 'organization',
    async prepare(world) {
      await world.must(200, 'ada', `POST /installations/${id(world)}/upgrade`, { body: await upgraded(world) })
      return { who: 'ada', line: `POST /installations/${id(world)}/rollback`, body: {} }
    },
  },
  moveToChannel: {
    actor: 'ada',
    action: 'installation.channel',
    // It moves on at once, which is one write of one person.
    fields: ['deploymentId', 'channel'],
    owner: 'organization',
    async prepare(world) {
      await upgraded(world)
      return { who: 'ada', line: `POST /installations/${id(world)}/channel`, body: { channel: 'stable' } }
    },
  },
  uninstall: {
    actor: 'ada',
    action: 'installation.uninstall',
    fields: ['grantedScopes', 'grantedEgress', 'uninstalledAt'],
    owner: 'organization',
    prepare: (world) => ({ who: 'ada', line: `POST /installations/${id(world)}/uninstall`, body: {} }),
  },
  saveSettings: {
    actor: 'ada',
    action: 'organization-settings.write',
    fields: ['region', 'apiKey'],
    owner: 'organization',
    prepare: (world) => ({
      who: 'ada',
      line: `PUT /installations/${id(world)}/settings/organization`,
      body: { values: { region: 'us', apiKey: SECRET } },
    }),
  },
  createDeveloperAccount: {
    actor: 'eve',
    action: 'developer-account.create',
    fields: ['slug', 'title', 'owner'],
    owner: 'account',
    prepare: () => ({
      who: 'eve',
      line: 'POST /developer/accounts',
      body: { slug: 'eves', title: 'Eve' },
      status: 201,
    }),
  },
  createApiKey: {
    actor: 'dev',
    action: 'api-key.create',
    fields: ['name', 'userId'],
    owner: 'account',
    prepare: (world) => ({
      who: 'dev',
      line: `POST /developer/accounts/${world.account.id}/api-keys`,
      body: { name: 'ci' },
      status: 201,
    }),
  },
  revokeApiKey: {
    actor: 'dev',
    action: 'api-key.revoke',
    fields: ['revokedAt'],
    owner: 'account',
    async prepare(world) {
      const line = `/developer/accounts/${world.account.id}/api-keys`
      const { id: keyId } = await world.must(201, 'dev', `POST ${line}`, { body: { name: 'old' } })
      return { who: 'dev', line: `DELETE ${line}/${keyId}` }
    },
  },
  createApp: {
    actor: 'dev',
    action: 'app.create',
    fields: ['slug', 'title', 'description', 'category', 'overview'],
    owner: 'account',
    prepare: (world) => ({
      line: 'POST /developer/apps',
      body: { developerAccountId: world.account.id, slug: 'second', ...listing },
      status: 201,
    }),
  },
  updateApp: {
    actor: 'dev',
    action: 'app.update',
    fields: ['tags', 'overview'],
    owner: 'account',
    prepare: () => ({
      line: 'PATCH /developer/apps/order-lookup',
      body: { tags: ['orders'], overview: 'New.', title: listing.title },
    }),
  },
  uploadBundle: {
    actor: 'dev',
    action: 'bundle.upload',
    fields: ['app', 'bundleType', 'sha256', 'sizeBytes'],
    owner: 'account',
    prepare: () => ({
      line: `PUT /developer/apps/order-lookup/bundles/client/${createHash('sha256').update('// new').digest('hex')}`,
      raw: '// new',
    }),
  },
  createDeployment: {
    actor: 'dev',
    action: 'deployment.create',
    fields: ['app', 'version', 'deploymentType', 'clientSha256', 'targetOrganizationId'],
    owner: 'account',
    async prepare(world) {
      const clientSha256 = await world.upload('client', '// client', world.key)
      const manifest = createManifest('3.0.0', { functions: [] })
      return {
        line: 'POST /developer/apps/order-lookup/deployments',
        body: { manifest, clientSha256, serverSha256: null, ...development },
        status: 201,
      }
    },
  },
  submitDeployment: {
    actor: 'dev',
    action: 'deployment.submit',
    fields: ['status'],
    owner: 'account',
    // Approved at once: still one write.
    async prepare(world) {
      await world.must(200, 'rex', 'PATCH /review/apps/order-lookup', { body: { autoApprove: true } })
      return step('developer', 'submit')(world)
    },
  },
  withdrawDeployment: {
    actor: 'dev',
    action: 'deployment.withdraw',
    fields: ['status'],
    owner: 'account',
    prepare: step('developer', 'withdraw', 'submit'),
  },
  startReview: {
    actor: 'rex',
    action: 'review.start',
    fields: ['status', 'reviewedBy'],
    owner: 'account',
    prepare: step('review', 'start', 'submit'),
  },
  approveDeployment: {
    actor: 'rex',
    action: 'review.approve',
    fields: ['status'],
    owner: 'account',
    prepare: step('review', 'approve', 'submit', 'start'),
  },
  rejectDeployment: {
    actor: 'rex',
    action: 'review.reject',
    fields: ['status', 'rejectionReason'],
    owner: 'account',
    async prepare(world) {
      const line = `POST /review/deployments/${await deployed(world, 'submit', 'start')}/reject`
      return { who: 'rex', line, body: { reason: 'It shows nothing at all.' } }
    },
  },
  publishDeployment: {
    actor: 'dev',
    action: 'deployment.publish',
    fields: ['status', 'rolloutPercent'],
    owner: 'account',
    async prepare(world) {
      const line = `POST /developer/deployments/${await deployed(world, 'submit', 'start', 'approve')}/publish`
      return { line, body: { rolloutPercent: 20 } }
    },
  },
  raiseRollout: {
    actor: 'dev',
    action: 'rollout.raise',
    fields: ['rolloutPercent'],
    owner: 'account',
    prepare: async (world) => ({
      line: `POST /developer/deployments/${await rolling(world)}/rollout`,
      body: { percent: 30 },
    }),
  },
  haltRollout: {
    actor: 'dev',
    action: 'rollout.halt',
    fields: ['rolloutHaltCode'],
    owner: 'account',
    prepare: async (world) => ({ line: `POST /developer/deployments/${await rolling(world)}/rollout/halt`, body: {} }),
  },
  deprecateDeployment: {
    actor: 'dev',
    action: 'deployment.deprecate',
    fields: ['status'],
    owner: 'account',
    prepare: step('developer', 'deprecate', 'submit', 'start', 'approve', 'publish'),
  },
  restoreDeployment: {
    actor: 'dev',
    action: 'deployment.restore',
    fields: ['status'],
    owner: 'account',
    async prepare(world) {
      const deploymentId = await deployed(world, 'submit', 'start', 'approve', 'publish')
      const line = `POST /developer/deployments/${deploymentId}`
      await world.must(200, null, `${line}/deprecate`, { key: world.key, body: {} })
      return { line: `${line}/restore`, body: {} }
    },
  },
  updateAppTrust: {
    actor: 'rex',
    action: 'review.update-app',
    fields: ['verified'],
    owner: 'account',
    prepare: () => ({ who: 'rex', line: 'PATCH /review/apps/order-lookup', body: { verified: true } }),
  },
}

const entriesOf = async (world: World) => (await world.storage.audit.list({ type: 'platform' }, { limit: 100 })).items

test('the test has a write for every operation of the API that writes', () => {
  expect(Object.keys(CASES).sort()).toEqual([...WRITES].sort())
})

test.each(Object.entries(CASES))('%s leaves one entry that says who changed what from what to what', async (_, one) => {
  const world = await createInstalledWorld()
  const { who = null, line, body, raw, status = 200 } = await one.prepare(world)
  const before = (await entriesOf(world)).length
  await world.must(status, who, line, {
    ...(body === undefined ? {} : { body }),
    ...(raw === undefined ? {} : { raw, headers: { 'content-type': 'text/javascript' } }),
    ...(who === null ? { key: world.key } : {}),
  })
  const entries = await entriesOf(world)
  expect(entries.length - before).toBe(1)
  const [entry] = entries
  expect(entry).toMatchObject({ actorId: one.actor, action: one.action })
  expect(Object.keys(entry?.changes ?? {})).toEqual(expect.arrayContaining([...one.fields]))
  for (const { before: was, after: is } of Object.values(entry?.changes ?? {}))
    expect(was === '[hidden]' || was !== is).toBe(true)
  expect(entry?.organizationId === null).toBe(one.owner === 'account')
  expect(entry?.developerAccountId === null).toBe(one.owner === 'organization')
  const all = JSON.stringify(entries)
  for (const secret of [SECRET, JSON.stringify(SECRET).slice(1, -1), TOKEN, world.key])
    expect(all).not.toContain(secret)
})

test('a write that is refused leaves no entry', async () => {
  const world = await createInstalledWorld()
  const before = await entriesOf(world)
  expect((await world.send('max', `POST /installations/${id(world)}/uninstall`, { body: {} })).status).toBe(403)
  expect((await world.send('bea', `POST /installations/${id(world)}/uninstall`, { body: {} })).status).toBe(404)
  const refused = { body: { values: { region: 'mars', apiKey: 'another-secret' } } }
  expect((await world.send('ada', `PUT /installations/${id(world)}/settings/organization`, refused)).status).toBe(422)
  expect(await entriesOf(world)).toEqual(before)
})

test('secrets are hidden, and of the own settings of a user only the names are there', async () => {
  const world = await createInstalledWorld()
  await world.configure('ada', id(world), { apiKey: 'another-secret', token: null, region: 'us' })
  await world.must(200, 'max', `PUT /installations/${id(world)}/settings/user`, {
    body: { values: { compact: false } },
  })
  const { items } = await world.must(200, 'ada', 'GET /audit')
  expect(items.slice(0, 2)).toMatchObject([
    { actorId: 'max', action: 'user-settings.write', changes: { compact: { before: '[hidden]', after: '[hidden]' } } },
    {
      actorId: 'ada',
      changes: {
        apiKey: { before: '[hidden]', after: '[hidden]' },
        token: { before: '[hidden]', after: null },
        region: { before: 'eu', after: 'us' },
      },
    },
  ])
})

test('a long value is cut, and a list that is long stands as the beginning of its JSON', async () => {
  const world = await createInstalledWorld()
  const image = `https://cdn.example/${'x'.repeat(400)}.png`
  await world.must(200, null, 'PATCH /developer/apps/order-lookup', {
    key: world.key,
    body: { overview: 'long '.repeat(1000), screenshots: [image, image] },
  })
  const { items } = await world.must(200, 'dev', `GET /developer/accounts/${world.account.id}/audit?limit=1`)
  expect(items[0].changes.overview.after).toHaveLength(500)
  expect(items[0].changes.screenshots.after).toMatch(/^\["https:\/\/cdn\.example/)
  expect(items[0].changes.screenshots.after).toHaveLength(500)
})

test('each log is read by those it belongs to, page by page and by what is asked for', async () => {
  const world = await createInstalledWorld()
  const account = `GET /developer/accounts/${world.account.id}/audit`
  const statuses = async (line: string) =>
    Promise.all(
      ([null, 'max', 'ada', 'bea', 'dev', 'eve', 'rex'] as const).map(
        async (who) => (await world.send(who, line)).status,
      ),
    )
  expect(await statuses('GET /audit')).toEqual([401, 403, 200, 200, 200, 200, 403])
  expect(await statuses(account)).toEqual([401, 404, 404, 404, 200, 404, 404])
  expect(await statuses('GET /review/audit')).toEqual([401, 403, 403, 403, 403, 403, 200])
  expect((await world.send(null, account, { key: world.key })).status).toBe(403)

  expect((await world.must(200, 'bea', 'GET /audit')).items).toEqual([])
  const own = await world.must(200, 'ada', 'GET /audit')
  expect(own.items.map(({ action }: { action: string }) => action)).toEqual([
    'organization-settings.write',
    'installation.create',
  ])
  const page = await world.must(200, 'ada', 'GET /audit?limit=1')
  expect((await world.must(200, 'ada', `GET /audit?limit=1&cursor=${page.nextCursor}`)).items).toEqual([own.items[1]])
  const asked = async (query: string) =>
    (await world.must(200, 'ada', `GET /audit?${query}`)).items.map(({ action }: { action: string }) => action)
  expect(await asked('action=installation.create')).toEqual(['installation.create'])
  expect(await asked('actorId=max')).toEqual([])
  expect(await asked(`resourceId=${id(world)}`)).toHaveLength(2)
  expect(await asked('until=2020-01-01T00:00:00Z')).toEqual([])
  expect(await asked('since=2020-01-01T00:00:00Z')).toHaveLength(2)
  expect((await world.send('ada', 'GET /audit?since=yesterday')).status).toBe(422)
  const all = await world.must(200, 'rex', 'GET /review/audit?limit=100')
  expect(all.items.length).toBeGreaterThan(own.items.length)
})
