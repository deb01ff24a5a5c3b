import { expect, test } from 'vitest'
import { createInstalledWorld, createManifest, createWorld, type Person } from './support/create-world'

const NOWHERE = 'a'.repeat(26)

test('the admin of another organization finds nothing, whatever is asked of an id that exists', async () => {
  const { installation, first, send, consent, calls } = await createInstalledWorld()
  const lines: readonly (readonly [string, unknown?])[] = [
    ['GET /installations/ID'],
    ['GET /installations/ID/events'],
    ['GET /installations/ID/logs'],
    ['GET /installations/ID/settings/organization'],
    ['GET /installations/ID/settings/user'],
    ['PUT /installations/ID/settings/organization', { values: { region: 'us' } }],
    ['PUT /installations/ID/settings/user', { values: {} }],
    ['POST /installations/ID/upgrade', { deploymentId: first.id, ...consent }],
    ['POST /installations/ID/rollback', {}],
    ['POST /installations/ID/uninstall', {}],
    ['GET /installations/ID/connections'],
    ['POST /installations/ID/connections', { definitionId: 'shop' }],
    [`POST /installations/ID/connections/${NOWHERE}/test`, {}],
    [`DELETE /installations/ID/connections/${NOWHERE}`],
    [
      'POST /installations/ID/functions',
      { moduleHash: 'src/orders.server.ts#findOrders', args: '[]', idempotencyKey: 'k' },
    ],
  ]
  for (const [line, body] of lines) {
    const theirs = await send('bea', line.replace('ID', installation.id), { body })
    const nobodys = await send('bea', line.replace('ID', NOWHERE), { body })
    expect(theirs, line).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    // What exists elsewhere and what does not exist are told apart by nothing.
    expect({ ...theirs.body, traceId: '' }, line).toEqual({ ...nobodys.body, traceId: '' })
  }
  expect(calls).toEqual([])
  expect((await send('bea', 'GET /extensions')).body.items).toEqual([])
  expect((await send('bea', 'GET /installations')).body.items).toEqual([])
})

test('another developer finds nothing of an account, its apps and its deployments', async () => {
  const world = createWorld()
  const { account, key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const eve = await world.must(201, 'eve', 'POST /developer/accounts', { body: { slug: 'eve', title: 'Eve' } })
  const { key: evesKey } = await world.must(201, 'eve', `POST /developer/accounts/${eve.id}/api-keys`, {
    body: { name: 'x' },
  })
  const sha256 = 'a'.repeat(64)
  const lines: readonly (readonly [string, unknown?])[] = [
    [`POST /developer/accounts/${account.id}/api-keys`, { name: 'x' }],
    [`GET /developer/accounts/${account.id}/api-keys`],
    [`DELETE /developer/accounts/${account.id}/api-keys/${NOWHERE}`],
    ['POST /developer/apps', { developerAccountId: account.id, slug: 'stolen' }],
    ['GET /developer/apps/order-lookup'],
    ['PATCH /developer/apps/order-lookup', { title: 'x' }],
    [`GET /developer/deployments/${id}`],
    ['GET /developer/apps/order-lookup/deployments'],
    ['GET /developer/apps/order-lookup/logs'],
    ['GET /developer/apps/order-lookup/oauth-clients'],
    ['PUT /developer/apps/order-lookup/oauth-clients/shop', { clientId: 'c' }],
    ['DELETE /developer/apps/order-lookup/oauth-clients/shop'],
    [`GET /developer/apps/order-lookup/bundles/client/${sha256}`],
    [
      'POST /developer/apps/order-lookup/deployments',
      { manifest: createManifest('9.0.0'), clientSha256: sha256, serverSha256: null, deploymentType: 'production' },
    ],
    ...['submit', 'withdraw', 'publish', 'deprecate', 'restore'].map(
      (step) => [`POST /developer/deployments/${id}/${step}`, {}] as const,
    ),
    [`GET /developer/deployments/${id}/checks`],
  ]
  for (const [line, body] of lines) {
    expect(await world.send('eve', line, { body }), line).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await world.send(null, line, { body, key: evesKey }), line).toMatchObject({ status: 404 })
  }
  const raw = await world.send('eve', `PUT /developer/apps/order-lookup/bundles/client/${sha256}`, {
    raw: 'x',
    headers: { 'content-type': 'text/javascript' },
  })
  expect(raw.status).toBe(404)
  expect((await world.must(200, 'eve', 'GET /developer/apps')).items).toEqual([])
})

test('a member reads and uses, and changes nothing of the organization', async () => {
  const { installation, app, first, send, must, consent } = await createInstalledWorld()
  const { id } = installation
  for (const [line, body] of [
    ['POST /installations', { appId: app.id, deploymentId: first.id, ...consent }],
    [`POST /installations/${id}/upgrade`, { deploymentId: first.id, ...consent }],
    [`POST /installations/${id}/rollback`, {}],
    [`POST /installations/${id}/uninstall`, {}],
    [`PUT /installations/${id}/settings/organization`, { values: { region: 'us' } }],
    [`GET /installations/${id}/logs`],
  ] as const)
    expect(await send('max', line, { body }), line).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  await must(200, 'max', `PUT /installations/${id}/settings/user`, { body: { values: { compact: false } } })
  expect((await must(200, 'max', 'GET /extensions')).items[0].settings.user).toEqual({ compact: false })
  expect((await must(200, 'ada', 'GET /extensions')).items[0].settings.user).toEqual({ compact: true })
})

test('only reviewers review, and nobody else learns whether a deployment exists', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  for (const who of ['ada', 'max', 'dev', 'eve'] satisfies Person[])
    for (const target of [id, NOWHERE]) {
      expect((await world.send(who, `POST /review/deployments/${target}/approve`, { body: {} })).status).toBe(403)
      expect((await world.send(who, `POST /review/deployments/${target}/start`, { body: {} })).status).toBe(403)
    }
  expect((await world.send(null, 'GET /review/deployments', { key })).status).toBe(403)
  expect((await world.send(null, `GET /review/deployments/${NOWHERE}`, { key })).status).toBe(403)
})

test('nobody who is not signed in gets anywhere', async () => {
  const { installation, send } = await createInstalledWorld()
  for (const line of ['GET /me', 'GET /extensions', 'GET /developer/apps', `GET /installations/${installation.id}`])
    expect(await send(null, line), line).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
})

test('an API key works for its account alone, in no organization, and not after it was revoked', async () => {
  const world = await createInstalledWorld()
  const { key, account } = world
  expect((await world.send(null, 'GET /developer/apps', { key })).body.items).toHaveLength(1)
  for (const line of ['GET /me', 'GET /extensions', 'GET /catalog/apps', `GET /installations/${world.installation.id}`])
    expect((await world.send(null, line, { key })).status, line).toBe(403)
  // A session beside a bad key does not count: the caller meant the key.
  for (const bad of [
    'souk_',
    `souk_${'a'.repeat(43)}`,
    `${key}x`,
    key.slice(0, -1),
    `souk_${"' or 1=1 --".padEnd(43)}`,
  ])
    expect((await world.send('dev', 'GET /developer/apps', { key: bad })).status, bad).toBe(401)
  const { items } = await world.must(200, 'dev', `GET /developer/accounts/${account.id}/api-keys`)
  expect(JSON.stringify(items)).not.toMatch(/souk_|keyHash/)
  expect(
    (await world.send(null, `POST /developer/accounts/${account.id}/api-keys`, { body: { name: 'x' }, key })).status,
  ).toBe(403)
  await world.must(200, 'dev', `DELETE /developer/accounts/${account.id}/api-keys/${items[0].id}`)
  expect((await world.send(null, 'GET /developer/apps', { key })).status).toBe(401)
})

test('a sealed secret that was copied to another installation does not open there', async () => {
  const world = await createInstalledWorld()
  const other = await world.install('bea', world.first)
  const rows = await world.storage.settings.list(world.installation.id, null)
  await world.storage.settings.write(other.id, null, world.first.id, rows)
  const refused = await world.call('bea', other.id, '["x"]')
  expect(refused).toMatchObject({ status: 409, body: { code: 'NOT_CONFIGURED' } })
  expect(world.calls).toEqual([])
})

test('a function the client code does not import cannot be called', async () => {
  const { installation, call, calls } = await createInstalledWorld()
  for (const moduleHash of [
    'src/orders.server.ts#inner',
    'src/orders.server.ts#other',
    'constructor',
    '__proto__#x',
    ' ',
  ])
    expect(await call('max', installation.id, '[]', { moduleHash }), moduleHash).toMatchObject({
      status: 404,
      body: { code: 'FUNCTION_NOT_FOUND' },
    })
  expect(calls).toEqual([])
})
