import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createInstalledWorld, createManifest, createWorld, listing, people } from './support/create-world'

test('an app goes from an account to a running installation without HTTP', async () => {
  const { souk, consent, functions } = createWorld()
  const { api } = souk
  const { ada, dev, rex, max } = people
  const account = await api.createDeveloperAccount(dev, { body: { slug: 'northwind', title: 'Northwind' } })
  await api.createApp(dev, { body: { developerAccountId: account.id, slug: 'order-lookup', ...listing } })
  const upload = async (type: string, text: string) => {
    const body = new TextEncoder().encode(text)
    const sha256 = createHash('sha256').update(body).digest('hex')
    await api.uploadBundle(dev, { params: { slug: 'order-lookup', type, sha256 }, body })
    return sha256
  }
  const { id } = await api.createDeployment(dev, {
    params: { slug: 'order-lookup' },
    body: {
      manifest: createManifest('1.0.0'),
      clientSha256: await upload('client', '// client'),
      serverSha256: await upload('server', '// server'),
      deploymentType: 'production',
    },
  })
  const step = { params: { id }, body: {} }
  await api.submitDeployment(dev, step)
  await api.startReview(rex, step)
  await api.approveDeployment(rex, step)
  const published = await api.publishDeployment(dev, step)
  expect(published.status).toBe('published')

  const page = await api.searchCatalog(ada, { query: { search: 'order', limit: 1 } })
  expect(page.items.map(({ slug }) => slug)).toEqual(['order-lookup'])
  const installation = await api.install(ada, {
    body: { appId: published.appId, deploymentId: published.id, ...consent },
  })
  const place = { id: installation.id, scope: 'organization' }
  const values = { apiUrl: 'https://orders.example', apiKey: 'long enough' }
  expect((await api.saveSettings(ada, { params: place, body: { values } })).secretsSet).toEqual(['apiKey'])
  functions['src/orders.server.ts#findOrders'] = (_, [name]) => `orders of ${name}`
  const call = { moduleHash: 'src/orders.server.ts#findOrders', args: '["Grace"]', idempotencyKey: 'k' }
  expect((await api.callFunction(max, { params: { id: installation.id }, body: call })).result).toBe(
    '"orders of Grace"',
  )

  // What one way wrote, the other one reads.
  const overHttp = await souk.fetch(
    new Request('http://product.test/api/souk/installations', { headers: { 'x-person': 'ada' } }),
  )
  expect(await overHttp.json()).toEqual(await api.listInstallations(ada, {}))
})

test('what HTTP refuses is refused here, too, with the same codes', async () => {
  const { souk, installation, errors } = await createInstalledWorld()
  const { api } = souk
  const { ada, bea, max, dev } = people
  const params = { id: installation.id }
  const refusals: readonly (readonly [Promise<unknown>, string])[] = [
    [api.getInstallation(bea, { params }), 'NOT_FOUND'],
    [api.getInstallation(ada, { params: { id: '../../etc' } }), 'NOT_FOUND'],
    [api.uninstall(max, { params, body: {} }), 'FORBIDDEN'],
    [
      api.updateApp(dev, { params: { slug: 'order-lookup' }, body: { websiteUrl: 'javascript:alert(1)' } }),
      'INVALID_INPUT',
    ],
    [api.createDeveloperAccount(dev, { body: { slug: '../x', title: 'x' } }), 'INVALID_INPUT'],
    [api.createDeveloperAccount(dev, { body: { slug: 'x', title: 'a\0b' } }), 'INVALID_INPUT'],
    [api.searchCatalog(ada, { query: { limit: 1e9 } }), 'INVALID_INPUT'],
    [api.searchCatalog(ada, { query: { cursor: 'nonsense' } }), 'INVALID_INPUT'],
    [
      api.createDeveloperAccount(
        { userId: '', organizationId: '', role: 'admin' },
        { body: { slug: 'x', title: 'x' } },
      ),
      'INTERNAL',
    ],
    // @ts-expect-error The slug is missing.
    [api.createDeveloperAccount(dev, { body: { title: 'x' } }), 'INVALID_INPUT'],
    // @ts-expect-error There is no body.
    [api.rollbackInstallation(ada, { params }), 'INVALID_INPUT'],
    // @ts-expect-error The path has no such parameter.
    [api.getInstallation(ada, { params: { slug: 'x' } }), 'NOT_FOUND'],
  ]
  for (const [refused, code] of refusals) await expect(refused).rejects.toMatchObject({ name: 'SoukError', code })
  // Only what was our caller's own mistake reached the operator.
  expect(errors).toHaveLength(1)
})

test('a call that is given up stops the function', async () => {
  const { souk, installation, functions } = await createInstalledWorld()
  const controller = new AbortController()
  functions['src/orders.server.ts#findOrders'] = () => {
    controller.abort()
    return new Promise(() => {})
  }
  const call = { moduleHash: 'src/orders.server.ts#findOrders', args: '[]', idempotencyKey: 'k' }
  await expect(
    souk.api.callFunction(people.max, { params: { id: installation.id }, body: call, signal: controller.signal }),
  ).rejects.toMatchObject({ name: 'SoukError' })
})
