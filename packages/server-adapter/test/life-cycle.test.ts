import { expect, test } from 'vitest'
import { createInstalledWorld, createManifest, createWorld, SECRET, TOKEN } from './support/create-world'

test('an app goes from an account to a running installation, and through upgrade, rollback, uninstall and reinstall', async () => {
  const world = createWorld()
  const { must, call } = world
  const { key } = await world.openAccount()

  const first = await world.deploy(key, createManifest('1.0.0'))
  expect(first).toMatchObject({ status: 'active', version: '1.0.0', deploymentType: 'production' })
  expect((await must(200, 'ada', 'GET /catalog/apps')).items).toEqual([])
  expect(await must(200, null, `POST /developer/deployments/${first.id}/submit`, { body: {}, key })).toMatchObject({
    status: 'pending-review',
  })
  const queue = await must(200, 'rex', 'GET /review/deployments')
  expect(queue.items).toMatchObject([{ deployment: { id: first.id }, app: { slug: 'order-lookup' } }])
  await must(200, 'rex', `POST /review/deployments/${first.id}/start`, { body: {} })
  expect(await must(200, 'rex', `POST /review/deployments/${first.id}/approve`, { body: {} })).toMatchObject({
    status: 'approved',
  })
  expect(await must(200, null, `POST /developer/deployments/${first.id}/publish`, { body: {}, key })).toMatchObject({
    status: 'published',
  })

  const catalog = await must(200, 'ada', 'GET /catalog/apps?search=order')
  expect(catalog.items).toMatchObject([
    { slug: 'order-lookup', deployment: { id: first.id, version: '1.0.0' }, installation: null },
  ])

  const installation = await world.install('ada', first)
  expect(installation).toMatchObject({ status: 'active', version: '1.0.0', needsConfiguration: true, rollback: null })
  expect((await call('max', installation.id, '["x"]')).body.code).toBe('NOT_CONFIGURED')

  const settings = await world.configure('ada', installation.id, {
    apiUrl: 'https://orders.northwind.example',
    apiKey: SECRET,
    token: TOKEN,
  })
  expect(settings.values).toEqual({ apiUrl: 'https://orders.northwind.example', region: 'eu' })
  expect(settings.secretsSet).toEqual(['apiKey', 'token'])

  const { items: extensions } = await must(200, 'max', 'GET /extensions')
  expect(extensions).toMatchObject([
    {
      appInstallationId: installation.id,
      frameUrl: `http://${installation.id}.sandbox.test:4401/frame/${installation.id}/${first.id}`,
      needsConfiguration: false,
      settings: { organization: { region: 'eu' }, user: { compact: true } },
    },
  ])

  world.functions['src/orders.server.ts#findOrders'] = (_, [name]) => ({ orders: [name] })
  const answer = await call('max', installation.id, '["Grace"]')
  expect(answer).toMatchObject({ status: 200, body: { result: '{"orders":["Grace"]}' } })
  expect(world.calls[0]).toMatchObject({
    installationId: installation.id,
    deploymentId: first.id,
    functionId: 'src/orders.server.ts#findOrders',
    context: {
      user: { id: 'max' },
      organizationId: 'org-a',
      settings: { organization: { apiUrl: 'https://orders.northwind.example', token: TOKEN } },
    },
    egress: { credentials: { apiKey: SECRET }, rules: [{ host: 'orders.northwind.example' }] },
  })
  expect(world.calls[0]?.context.settings.organization).not.toHaveProperty('apiKey')
  expect(await world.calls[0]?.source()).toBe('// server 1.0.0')

  const second = await world.publish(key, createManifest('1.1.0'))
  const withUpdate = await must(200, 'ada', `GET /installations/${installation.id}`)
  expect(withUpdate.update).toMatchObject({ deployment: { version: '1.1.0' }, newScopes: [], newEgress: [] })
  const upgraded = await must(200, 'ada', `POST /installations/${installation.id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  expect(upgraded).toMatchObject({ version: '1.1.0', update: null, rollback: { version: '1.0.0' } })

  const rolledBack = await must(200, 'ada', `POST /installations/${installation.id}/rollback`, { body: {} })
  expect(rolledBack).toMatchObject({ version: '1.0.0', rollback: null, update: { deployment: { version: '1.1.0' } } })

  const uninstalled = await must(200, 'ada', `POST /installations/${installation.id}/uninstall`, { body: {} })
  expect(uninstalled).toMatchObject({ status: 'uninstalled', grantedScopes: [] })
  expect(world.unloaded).toContain(installation.id)
  expect((await must(200, 'ada', 'GET /extensions')).items).toEqual([])
  expect((await must(200, 'ada', 'GET /installations')).items).toEqual([])
  expect(await call('max', installation.id, '["Grace"]')).toMatchObject({
    status: 409,
    body: { code: 'APP_NOT_INSTALLED' },
  })

  const again = await world.install('ada', second)
  expect(again).toMatchObject({ id: installation.id, status: 'active', version: '1.1.0', needsConfiguration: false })
  const kept = await must(200, 'ada', `GET /installations/${installation.id}/settings/organization`)
  expect(kept).toMatchObject({
    values: { apiUrl: 'https://orders.northwind.example' },
    secretsSet: ['apiKey', 'token'],
  })
  expect((await call('max', installation.id, '["Grace"]')).status).toBe(200)

  const { items: events } = await must(200, 'ada', `GET /installations/${installation.id}/events`)
  expect(events.map((event: { type: string }) => event.type)).toEqual([
    'reinstalled',
    'uninstalled',
    'rolled-back',
    'upgraded',
    'installed',
  ])
  const { items: logs } = await must(200, 'ada', `GET /installations/${installation.id}/logs`)
  expect(logs).toMatchObject([
    { outcome: 'ok', userId: 'max' },
    { outcome: 'ok', logs: [{ message: 'ran Grace' }] },
  ])
  expect(world.errors).toEqual([])

  const audit = await world.storage.audit.list({ type: 'organization', id: 'org-a' }, { limit: 100 })
  expect(audit.items.map(({ action }) => action)).toContain('installation.uninstall')
})

test('no answer of the whole API ever holds a secret', async () => {
  const world = await createInstalledWorld()
  const { installation, must, send, call } = world
  world.functions['src/orders.server.ts#findOrders'] = ({ egress, context }, [mode]) => {
    const all = `${egress.credentials.apiKey} and ${context.settings.organization.token}`
    if (mode === 'throw') throw Object.assign(new Error(`bad ${all}`), { code: 'INVALID_INPUT', fields: { x: all } })
    return { all, nested: [JSON.stringify({ all })] }
  }
  expect((await call('max', installation.id, '["return"]')).status).toBe(200)
  expect((await call('max', installation.id, '["throw"]')).body.code).toBe('INVALID_INPUT')
  await must(200, 'ada', `GET /installations/${installation.id}/logs`)
  await must(200, 'ada', `GET /installations/${installation.id}/settings/organization`)
  await must(200, 'ada', 'GET /extensions')
  await must(200, 'ada', 'GET /installations')
  await send('ada', `PUT /installations/${installation.id}/settings/organization`, {
    body: { values: { apiKey: 'short', region: 'mars' } },
  })
  const all = world.answered.join('\n')
  expect(all).toContain('[secret]')
  expect(all).not.toContain(TOKEN)
  expect(all).not.toContain(SECRET)
  expect(all).not.toContain(JSON.stringify(SECRET).slice(1, -1))
  expect(all).not.toContain('nw_live_4f9c2')
  expect(all).not.toContain('ciphertext')
})

test('an identical deploy is the same deployment, and the same version with other content is refused', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const first = await world.deploy(key, createManifest('1.0.0'))
  const body = {
    manifest: createManifest('1.0.0'),
    clientSha256: await world.upload('client', '// client 1.0.0', key),
    serverSha256: await world.upload('server', '// server 1.0.0', key),
    deploymentType: 'production',
  }
  const path = 'POST /developer/apps/order-lookup/deployments'
  expect(await world.must(200, null, path, { body, key })).toMatchObject({ id: first.id })
  const other = { ...body, clientSha256: await world.upload('client', '// other', key) }
  expect((await world.send(null, path, { body: other, key })).body.code).toBe('VERSION_EXISTS')
})

test('a hundred identical deploys at once make one deployment', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const body = {
    manifest: createManifest('1.0.0'),
    clientSha256: await world.upload('client', '// client', key),
    serverSha256: await world.upload('server', '// server', key),
    deploymentType: 'production',
  }
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => world.send(null, 'POST /developer/apps/order-lookup/deployments', { body, key })),
  )
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('an app that fails the publish checks cannot be submitted, and the answer says what to do', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  await world.must(200, null, 'PATCH /developer/apps/order-lookup', { body: { category: null, description: 'x' }, key })
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const refused = await world.send(null, `POST /developer/deployments/${id}/submit`, { body: {}, key })
  expect(refused.body.code).toBe('PUBLISH_CHECKS_FAILED')
  expect(refused.body.checks).toMatchObject([
    { code: 'CATEGORY_MISSING', field: 'category', severity: 'error' },
    { code: 'DESCRIPTION_TOO_SHORT', severity: 'error' },
    { severity: 'warning' },
    { severity: 'warning' },
    { severity: 'warning' },
  ])
})

test('a rejected deployment carries its reason and may be submitted again', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  await world.must(200, null, `POST /developer/deployments/${id}/submit`, { body: {}, key })
  await world.must(200, 'rex', `POST /review/deployments/${id}/start`, { body: {} })
  const short = await world.send('rex', `POST /review/deployments/${id}/reject`, { body: { reason: 'no' } })
  expect(short.body).toMatchObject({ code: 'INVALID_INPUT', fields: { reason: expect.any(String) } })
  const reason = 'The widget shows nothing on a small screen.'
  expect(await world.must(200, 'rex', `POST /review/deployments/${id}/reject`, { body: { reason } })).toMatchObject({
    status: 'rejected',
    rejectionReason: reason,
  })
  expect(await world.must(200, null, `POST /developer/deployments/${id}/submit`, { body: {}, key })).toMatchObject({
    status: 'pending-review',
    rejectionReason: null,
  })
  const published = await world.send(null, `POST /developer/deployments/${id}/publish`, { body: {}, key })
  expect(published.body.code).toBe('CONFLICT')
})

test('a version that asks for more is not installed without consent, and a grant of more than asked is not kept', async () => {
  const world = await createInstalledWorld()
  const { key, installation } = world
  const more = await world.publish(
    key,
    createManifest('2.0.0', {
      scopes: [...createManifest('2.0.0').scopes, { id: 'customers:write', purpose: 'Changes customers.' }],
    }),
  )
  const path = `POST /installations/${installation.id}/upgrade`
  const refused = await world.send('ada', path, { body: { deploymentId: more.id, ...world.consent } })
  expect(refused.body.code).toBe('CONSENT_REQUIRED')
  expect((await world.must(200, 'ada', `GET /installations/${installation.id}`)).update.newScopes).toMatchObject([
    { id: 'customers:write' },
  ])
  const upgraded = await world.must(200, 'ada', path, {
    body: {
      deploymentId: more.id,
      grantedScopes: ['tickets:read', 'customers:write', 'everything:admin'],
      grantedEgress: ['orders.northwind.example', 'evil.example'],
    },
  })
  expect(upgraded.grantedScopes).toEqual(['tickets:read', 'customers:write'])
  const rolledBack = await world.must(200, 'ada', `POST /installations/${installation.id}/rollback`, { body: {} })
  expect(rolledBack.grantedScopes).toEqual(['tickets:read'])
})

test('rolling back twice goes back two versions', async () => {
  const world = await createInstalledWorld()
  const { key, installation } = world
  for (const version of ['1.1.0', '1.2.0']) {
    const { id } = await world.publish(key, createManifest(version))
    await world.must(200, 'ada', `POST /installations/${installation.id}/upgrade`, {
      body: { deploymentId: id, ...world.consent },
    })
  }
  const path = `POST /installations/${installation.id}/rollback`
  expect(await world.must(200, 'ada', path, { body: {} })).toMatchObject({ version: '1.1.0' })
  expect(await world.must(200, 'ada', path, { body: {} })).toMatchObject({ version: '1.0.0' })
  expect((await world.send('ada', path, { body: {} })).body.code).toBe('CONFLICT')
})

test('a development deployment is offered to its organization only, and runs only after its admin installed it', async () => {
  const world = createWorld()
  const { key, app } = await world.openAccount()
  const development = await world.deploy(key, createManifest('0.1.0'), {
    deploymentType: 'development',
    targetOrganizationId: 'org-a',
  })
  expect((await world.must(200, 'ada', 'GET /catalog/apps')).items).toHaveLength(1)
  expect((await world.must(200, 'bea', 'GET /catalog/apps')).items).toHaveLength(0)
  expect((await world.must(200, 'ada', 'GET /extensions')).items).toHaveLength(0)
  const body = { appId: app.id, deploymentId: development.id, ...world.consent }
  expect((await world.send('bea', 'POST /installations', { body })).body.code).toBe('NOT_FOUND')
  await world.install('ada', development)
  expect((await world.must(200, 'ada', 'GET /extensions')).items).toHaveLength(1)
  await world.must(200, null, `POST /developer/deployments/${development.id}/deprecate`, { body: {}, key })
  expect((await world.must(200, 'ada', 'GET /extensions')).items).toHaveLength(0)
})

test('a deprecated version keeps running where it is and is not installed anew', async () => {
  const world = await createInstalledWorld()
  await world.must(200, null, `POST /developer/deployments/${world.first.id}/deprecate`, { body: {}, key: world.key })
  expect((await world.call('max', world.installation.id, '["x"]')).status).toBe(200)
  const body = { appId: world.app.id, deploymentId: world.first.id, ...world.consent }
  expect((await world.send('bea', 'POST /installations', { body })).body.code).toBe('DEPLOYMENT_NOT_RUNNABLE')
})

test('an uninstall ends the calls that are running', async () => {
  const world = await createInstalledWorld()
  let running: ReturnType<typeof world.call> | undefined
  await new Promise<void>((started) => {
    world.functions['src/orders.server.ts#findOrders'] = () => {
      started()
      return new Promise(() => {})
    }
    running = world.call('max', world.installation.id, '["x"]')
  })
  await world.must(200, 'ada', `POST /installations/${world.installation.id}/uninstall`, { body: {} })
  expect((await running)?.body.code).toBe('APP_NOT_INSTALLED')
})

test('the same idempotency key runs a function once, and another call with it is refused', async () => {
  const world = await createInstalledWorld()
  const options = { idempotencyKey: 'one' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => world.call('max', world.installation.id, '["a"]', options)),
  )
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(world.calls).toHaveLength(1)
  expect((await world.call('max', world.installation.id, '["b"]', options)).body.code).toBe('CONFLICT')
  expect((await world.call('ada', world.installation.id, '["a"]', options)).status).toBe(200)
  expect(world.calls).toHaveLength(2)
})

test('too many calls of one user are slowed down, and nobody else is', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  for (let n = 0; n < 50; n++) await world.call('max', id, '["a"]')
  const refused = await world.call('max', id, '["a"]')
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await world.call('ada', id, '["a"]')).status).toBe(200)
})

test('app code cannot answer in the name of Souk', async () => {
  const world = await createInstalledWorld()
  world.functions['src/orders.server.ts#findOrders'] = () => {
    throw Object.assign(new Error('You are signed out, log in at evil.example'), { code: 'UNAUTHENTICATED' })
  }
  expect(await world.call('max', world.installation.id, '[]')).toMatchObject({
    status: 502,
    body: { code: 'FUNCTION_FAILED', traceId: expect.any(String) },
  })
})

test('a version that turns a stored secret into a plain setting does not get to see it', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  const sly = await world.publish(
    world.key,
    createManifest('1.1.0', {
      egress: { server: [] },
      settings: {
        organization: {
          apiUrl: { type: 'string', label: 'API' },
          apiKey: { type: 'string', label: 'Key', optional: true },
        },
        user: {},
      },
    }),
  )
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: sly.id, ...world.consent },
  })
  const settings = await world.must(200, 'ada', `GET /installations/${id}/settings/organization`)
  expect(settings.values).toEqual({ apiUrl: 'https://orders.northwind.example' })
  expect((await world.call('max', id, '["x"]')).status).toBe(200)
  expect(world.calls.at(-1)?.context.settings.organization).not.toHaveProperty('apiKey')
})
