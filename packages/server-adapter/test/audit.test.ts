import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashToken } from '../src/crypto/token'
import { OPERATIONS, type OperationName } from '../src/http/operations'
import { connectedConsent, connectedManifest } from './support/connected-app'
import { createInstalledWorld, createManifest, listing, type Person, SECRET, TOKEN } from './support/create-world'

type World = Awaited<ReturnType<typeof createInstalledWorld>>

/** What is sent, by whom: a person, the command line of the developer, or for a form a client that is nobody yet. */
interface Write {
  readonly who?: Person
  readonly line: string
  readonly body?: unknown
  readonly raw?: string
  readonly form?: Readonly<Record<string, string>>
  /** What no entry may hold, nor its hash. */
  readonly secrets?: readonly string[]
  readonly status?: number
}

/** Fields that the entry of the write has to name, and who made it. */
interface Case {
  readonly actor: string
  readonly action: string
  readonly fields: readonly string[]
  /** Whose log it stands in, beside the platform's. */
  readonly owner: 'organization' | 'account' | 'nobody'
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

const members = (world: World) => `/developer/accounts/${world.account.id}`

/** A token that invites eve. */
const invited = async (world: World) => {
  const line = `POST ${members(world)}/invitations`
  const { id: invitationId, token } = await world.must(201, 'dev', line, { body: { userId: 'eve', role: 'member' } })
  return { invitationId: invitationId as string, token: token as string }
}

const joined = async (world: World) => {
  const { token } = await invited(world)
  await world.must(200, 'eve', 'POST /developer/invitations/accept', { body: { token } })
}

const answer =
  (how: 'accept' | 'decline') =>
  async (world: World): Promise<Write> => {
    const { token } = await invited(world)
    return { who: 'eve', line: `POST /developer/invitations/${how}`, body: { token }, secrets: [token] }
  }

const sendForm = (form: Readonly<Record<string, string>>) => ({
  raw: new URLSearchParams(form).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

/** A command line that waits for somebody to let it in. */
const waiting = async (world: World) => {
  const started = await world.must(200, null, 'POST /oauth/device', sendForm({ client_id: 'souk-cli', name: 'laptop' }))
  const [userCode, deviceCode]: string[] = [started.user_code, started.device_code]
  return { userCode: userCode as string, deviceCode: deviceCode as string }
}

const KEY_OF_MAX = 'post-office-key-of-max'

/** The place of the connections of an app that has some. */
const connectable = async (world: World) => {
  const { id: deploymentId } = await world.publish(world.key, connectedManifest('1.1.0'))
  const body = { deploymentId, ...connectedConsent }
  await world.must(200, 'ada', `POST /installations/${id(world)}/upgrade`, { body })
  return `/installations/${id(world)}/connections`
}

const postOffice = { definitionId: 'post-office', fields: { account: '7', key: KEY_OF_MAX } }

const CLIENT = 'PUT /developer/apps/order-lookup/oauth-clients/shop'
const CLIENT_SECRET = 'secret-of-the-oauth-client'

type Reads = {
  [Name in OperationName]: (typeof OPERATIONS)[Name]['method'] extends 'GET' ? Name : never
}[OperationName]

/** Operations that are not of the method GET, and by which nobody changes anything that a log should tell of. */
const UNLOGGED: readonly OperationName[] = [
  // A log of its own.
  'callFunction',
  'callFunctionWithFiles',
  'callTool',
  // They only read; the code or token is in the body, so that no address holds it.
  'readInvitation',
  'readDeviceLogin',
  // Runs the app's own test with what is saved, and saves nothing.
  'testConnection',
  // Of a command line that is nobody yet. Who lets it in, and the key it gets, are in the log.
  'startDeviceLogin',
]

/** Every operation that writes. */
const WRITES: readonly OperationName[] = (Object.keys(OPERATIONS) as OperationName[]).filter(
  (name) => OPERATIONS[name].method !== 'GET' && !UNLOGGED.includes(name),
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
  connect: {
    actor: 'max',
    action: 'user-connection.write',
    fields: ['definitionId', 'label', 'status', 'variables', 'credential'],
    owner: 'organization',
    prepare: async (world) => ({
      who: 'max',
      line: `POST ${await connectable(world)}`,
      body: postOffice,
      secrets: [KEY_OF_MAX],
    }),
  },
  disconnect: {
    actor: 'max',
    action: 'user-connection.write',
    fields: ['definitionId', 'label', 'status', 'variables', 'credential'],
    owner: 'organization',
    async prepare(world) {
      const line = await connectable(world)
      const { connection } = await world.must(200, 'max', `POST ${line}`, { body: postOffice })
      return { who: 'max', line: `DELETE ${line}/${connection.id}`, secrets: [KEY_OF_MAX] }
    },
  },
  saveOAuthClient: {
    actor: 'dev',
    action: 'oauth-client.write',
    fields: ['clientId', 'clientSecret'],
    owner: 'account',
    prepare: () => ({
      line: CLIENT,
      body: { clientId: 'souk', clientSecret: CLIENT_SECRET },
      secrets: [CLIENT_SECRET],
    }),
  },
  removeOAuthClient: {
    actor: 'dev',
    action: 'oauth-client.write',
    fields: ['clientId', 'clientSecret'],
    owner: 'account',
    async prepare(world) {
      await world.must(200, null, CLIENT, {
        body: { clientId: 'souk', clientSecret: CLIENT_SECRET },
        key: world.key,
      })
      return { line: CLIENT.replace('PUT', 'DELETE'), secrets: [CLIENT_SECRET] }
    },
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
  changeMemberRole: {
    actor: 'dev',
    action: 'member.change-role',
    fields: ['role'],
    owner: 'account',
    async prepare(world) {
      await joined(world)
      return { who: 'dev', line: `PATCH ${members(world)}/members/eve`, body: { role: 'admin' } }
    },
  },
  removeMember: {
    actor: 'dev',
    action: 'member.remove',
    fields: ['role'],
    owner: 'account',
    async prepare(world) {
      await joined(world)
      return { who: 'dev', line: `DELETE ${members(world)}/members/eve` }
    },
  },
  leaveAccount: {
    actor: 'eve',
    action: 'member.leave',
    fields: ['role'],
    owner: 'account',
    async prepare(world) {
      await joined(world)
      return { who: 'eve', line: `POST ${members(world)}/leave`, body: {} }
    },
  },
  inviteMember: {
    actor: 'dev',
    action: 'invitation.create',
    fields: ['email', 'role', 'expiresAt'],
    owner: 'account',
    prepare: (world) => ({
      who: 'dev',
      line: `POST ${members(world)}/invitations`,
      body: { email: 'max@example.com', role: 'member' },
      status: 201,
    }),
  },
  revokeInvitation: {
    actor: 'dev',
    action: 'invitation.revoke',
    fields: ['status', 'answeredBy'],
    owner: 'account',
    async prepare(world) {
      const { invitationId, token } = await invited(world)
      return { who: 'dev', line: `DELETE ${members(world)}/invitations/${invitationId}`, secrets: [token] }
    },
  },
  acceptInvitation: {
    actor: 'eve',
    action: 'invitation.answer',
    fields: ['status', 'answeredBy'],
    owner: 'account',
    prepare: answer('accept'),
  },
  declineInvitation: {
    actor: 'eve',
    action: 'invitation.answer',
    fields: ['status', 'answeredBy'],
    owner: 'account',
    prepare: answer('decline'),
  },
  revokeOwnKey: {
    actor: 'dev',
    action: 'own-key.revoke',
    fields: ['revokedAt'],
    owner: 'account',
    async prepare(world) {
      const line = `POST ${members(world)}/api-keys`
      const { id: keyId, key } = await world.must(201, 'dev', line, { body: { name: 'old' } })
      return { who: 'dev', line: `DELETE /developer/keys/${keyId}`, secrets: [key] }
    },
  },
  approveDeviceLogin: {
    actor: 'dev',
    action: 'device-login.approve',
    fields: ['status', 'developerAccountId'],
    owner: 'account',
    async prepare(world) {
      const { userCode, deviceCode } = await waiting(world)
      return {
        who: 'dev',
        line: 'POST /developer/device-logins/approve',
        body: { userCode, developerAccountId: world.account.id },
        secrets: [userCode, deviceCode],
      }
    },
  },
  denyDeviceLogin: {
    actor: 'eve',
    action: 'device-login.deny',
    fields: ['status'],
    // Nobody has said for which account it was.
    owner: 'nobody',
    async prepare(world) {
      const { userCode, deviceCode } = await waiting(world)
      const line = 'POST /developer/device-logins/deny'
      return { who: 'eve', line, body: { userCode }, secrets: [userCode, deviceCode] }
    },
  },
  getDeviceToken: {
    // The person who let the command line in: the key acts for them.
    actor: 'dev',
    action: 'api-key.create',
    fields: ['name', 'userId'],
    owner: 'account',
    async prepare(world) {
      const { userCode, deviceCode } = await waiting(world)
      const body = { userCode, developerAccountId: world.account.id }
      await world.must(200, 'dev', 'POST /developer/device-logins/approve', { body })
      const grant = 'urn:ietf:params:oauth:grant-type:device_code'
      return {
        line: 'POST /oauth/token',
        form: { grant_type: grant, client_id: 'souk-cli', device_code: deviceCode },
        secrets: [userCode, deviceCode],
      }
    },
  },
  revokeToken: {
    actor: 'dev',
    action: 'own-key.revoke',
    fields: ['revokedAt'],
    owner: 'account',
    prepare: (world) => ({ line: 'POST /oauth/revoke', form: { token: world.key } }),
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
  const { who = null, line, body, raw, form, status = 200, secrets = [] } = await one.prepare(world)
  const before = (await entriesOf(world)).length
  const answered = await world.must(status, who, line, {
    ...(body === undefined ? {} : { body }),
    ...(raw === undefined ? {} : { raw, headers: { 'content-type': 'text/javascript' } }),
    ...(form ? sendForm(form) : {}),
    ...(who === null && !form ? { key: world.key } : {}),
  })
  const entries = await entriesOf(world)
  expect(entries.length - before).toBe(1)
  const [entry] = entries
  expect(entry).toMatchObject({ actorId: one.actor, action: one.action })
  expect(Object.keys(entry?.changes ?? {})).toEqual(expect.arrayContaining([...one.fields]))
  for (const { before: was, after: is } of Object.values(entry?.changes ?? {}))
    expect(was === '[hidden]' || was !== is).toBe(true)
  expect(entry?.organizationId === null).toBe(one.owner !== 'organization')
  expect(entry?.developerAccountId === null).toBe(one.owner !== 'account')
  const all = JSON.stringify(entries)
  // Whatever the answer gave out once is as secret as what was sent.
  const given = [answered.token, answered.key, answered.access_token].filter((value) => value !== undefined)
  for (const secret of [...secrets, ...given, SECRET, JSON.stringify(SECRET).slice(1, -1), TOKEN, world.key]) {
    expect(all).not.toContain(secret)
    expect(all).not.toContain(hashToken(secret))
  }
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

test('of a connection of a user only the names are there, of one of the organization what is no secret', async () => {
  const world = await createInstalledWorld()
  const line = `POST ${await connectable(world)}`
  await world.must(200, 'max', line, { body: postOffice })
  await world.must(200, 'ada', line, { body: { definitionId: 'plain' } })
  const { items } = await world.must(200, 'ada', 'GET /audit')
  const hidden = { before: null, after: '[hidden]' }
  expect(items.slice(0, 2).map(({ changes }: { changes: unknown }) => changes)).toEqual([
    {
      definitionId: { before: null, after: 'plain' },
      label: { before: null, after: 'Public data' },
      status: { before: null, after: 'active' },
      variables: { before: null, after: {} },
    },
    { definitionId: hidden, label: hidden, status: hidden, variables: hidden, credential: hidden },
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
