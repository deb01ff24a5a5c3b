import type { Caller, RolloutBudget } from '@souk/server-adapter'
import { isInRollout } from '@souk/server-adapter/storage'
import { expect, test } from 'vitest'
import { createManifest, createWorld, SECRET, TOKEN } from './support/create-world'

const FUNCTION = 'src/orders.server.ts#findOrders'
// So many that chance, which decides whom a part reaches, practically never reaches nobody, everybody or one alone.
const ORGANIZATIONS = Array.from({ length: 30 }, (_, index) => `org-${index}`)
const admin = (organizationId: string): Caller => ({
  userId: `admin-of-${organizationId}`,
  organizationId,
  role: 'admin',
})

/** Thirty organizations with 1.0.0 in the channel stable, configured. */
const createRolloutWorld = async (rolloutBudget: Partial<RolloutBudget> = {}) => {
  const world = createWorld({ rolloutBudget: { minCalls: 4, maxFailedShare: 0.25, ...rolloutBudget } })
  const { api } = world.souk
  const { key, account } = await world.openAccount()
  const first = await world.publish(key, createManifest('1.0.0'))
  const ids = new Map<string, string>()
  for (const organization of ORGANIZATIONS) {
    const { id } = await api.install(admin(organization), {
      body: { appId: first.appId, deploymentId: first.id, ...world.consent },
    })
    ids.set(organization, id)
    await api.saveSettings(admin(organization), {
      params: { id, scope: 'organization' },
      body: { values: { apiUrl: 'https://orders.northwind.example', apiKey: SECRET, token: TOKEN, region: 'us' } },
    })
  }
  const idOf = (organization: string) => ids.get(organization) ?? ''
  const read = (organization: string) =>
    api.getInstallation(admin(organization), { params: { id: idOf(organization) } })
  const versions = async () => {
    const all = await Promise.all(ORGANIZATIONS.map(read))
    return Object.fromEntries(all.map(({ version }, index) => [ORGANIZATIONS[index], version]))
  }
  const expectReached = async (deploymentId: string, percent: number, version = '1.1.0') =>
    expect(await versions()).toEqual(
      Object.fromEntries(
        ORGANIZATIONS.map((each) => [each, isInRollout(idOf(each), deploymentId, percent) ? version : '1.0.0']),
      ),
    )
  const reached = (deploymentId: string, percent: number) =>
    ORGANIZATIONS.filter((each) => isInRollout(idOf(each), deploymentId, percent))
  let calls = 0
  const call = (organization: string) =>
    api.callFunction(admin(organization), {
      params: { id: idOf(organization) },
      body: { moduleHash: FUNCTION, args: '["x"]', idempotencyKey: `call-${++calls}` },
    })
  const developer = (method: string, path: string, body?: object, status = 200) =>
    world.must(status, null, `${method} /developer/deployments/${path}`, { key, ...(body ? { body } : {}) })
  return { ...world, api, key, account, first, idOf, read, versions, expectReached, reached, call, developer }
}

const fail = (code?: string) => () => {
  throw Object.assign(new Error('It broke.'), code ? { code } : {})
}

test('a rollout reaches the chosen part, every raise adds to it, and at 100 it is the version of everybody', async () => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 40 })
  expect(second.rollout).toEqual({ percent: 40, status: 'rolling', haltCode: null, haltedAt: null })
  expect(world.reached(second.id, 40).length).toBeGreaterThan(0)
  expect(world.reached(second.id, 40).length).toBeLessThan(ORGANIZATIONS.length)
  await world.expectReached(second.id, 40)
  const catalogued = () => world.must(200, 'ada', 'GET /catalog/apps/order-lookup')
  expect((await catalogued()).deployment.version).toBe('1.0.0')

  await world.developer('POST', `${second.id}/rollout`, { percent: 70 })
  await world.expectReached(second.id, 70)
  expect((await world.developer('GET', `${second.id}/rollout`)).installations).toBe(world.reached(second.id, 70).length)
  expect((await world.developer('POST', `${second.id}/rollout`, { percent: 69 }, 409)).code).toBe('CONFLICT')
  const full = await world.developer('POST', `${second.id}/rollout`, { percent: 100 })
  expect(full.rollout).toMatchObject({ percent: 100, status: 'complete' })
  await world.expectReached(second.id, 100)
  expect((await catalogued()).deployment.version).toBe('1.1.0')
})

test('too many failures halt it, return everybody with their settings and grants, and say so to the developer', async () => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0', { scopes: [] }), { rolloutPercent: 60 })
  const [one = '', two = ''] = world.reached(second.id, 60)
  await world.api.saveSettings(admin(one), {
    params: { id: world.idOf(one), scope: 'organization' },
    body: { values: { region: 'eu', apiKey: 'another-secret' } },
  })
  world.functions[FUNCTION] = fail()
  await expect(world.call(one)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  await expect(world.call(one)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  await expect(world.call(one)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  await expect(world.call(one)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  // Nobody alone ends the rollout of others.
  await world.expectReached(second.id, 60)
  await expect(world.call(two)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  await world.expectReached(second.id, 0)
  expect(await world.read(one)).toMatchObject({ channel: 'stable', grantedScopes: ['tickets:read'], update: null })
  const settings = await world.api.readSettings(admin(one), { params: { id: world.idOf(one), scope: 'organization' } })
  expect(settings.values.region).toBe('us')
  world.functions[FUNCTION] = () => 'fine'
  await world.call(one)
  expect(world.calls.at(-1)?.egress.credentials).toEqual({ apiKey: SECRET })

  const status = await world.developer('GET', `${second.id}/rollout`)
  expect(status).toMatchObject({ installations: 0, calls: 5, failedCalls: 5 })
  expect(status.deployment.rollout).toMatchObject({ status: 'halted', haltCode: 'ERROR_BUDGET_EXCEEDED', percent: 60 })
  const { items } = await world.must(
    200,
    'dev',
    `GET /developer/accounts/${world.account.id}/audit?action=rollout.halt`,
  )
  expect(items).toMatchObject([
    {
      actorId: 'souk',
      resourceId: second.id,
      changes: {
        rolloutHaltCode: { before: null, after: 'ERROR_BUDGET_EXCEEDED' },
        calls: { before: null, after: 5 },
        failedCalls: { before: null, after: 5 },
      },
    },
  ])
  const back = await world.api.listAuditEntries(admin(one), { query: { action: 'installation.rollback' } })
  expect(back.items).toMatchObject([
    { actorId: 'souk', changes: { deploymentId: { before: second.id, after: world.first.id } } },
  ])
  const events = await world.api.listInstallationEvents(admin(one), { params: { id: world.idOf(one) } })
  expect(events.items[0]).toMatchObject({ type: 'rolled-back', actorId: 'souk', toVersion: '1.0.0' })
  expect(world.errors).toEqual([])
})

test('a halted version is offered and raised no more, unless it is resumed; the next version reaches everybody', async () => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 60 })
  const halted = await world.developer('POST', `${second.id}/rollout/halt`, {})
  expect(halted.rollout).toMatchObject({ status: 'halted', haltCode: 'HALTED_BY_DEVELOPER' })
  await world.expectReached(second.id, 0)
  expect((await world.developer('POST', `${second.id}/rollout/halt`, {}, 409)).code).toBe('CONFLICT')
  expect((await world.developer('POST', `${second.id}/rollout`, { percent: 80 }, 409)).code).toBe('ROLLOUT_HALTED')
  await expect(
    world.api.upgradeInstallation(admin('org-0'), {
      params: { id: world.idOf('org-0') },
      body: { deploymentId: second.id, ...world.consent },
    }),
  ).rejects.toMatchObject({ code: 'ROLLOUT_HALTED' })
  await world.developer('POST', `${second.id}/rollout`, { percent: 60, resume: true })
  await world.expectReached(second.id, 60)
  await world.developer('POST', `${second.id}/rollout/halt`, {})
  const third = await world.publish(world.key, createManifest('1.1.1'))
  await world.expectReached(third.id, 100, '1.1.1')
})

test('whoever has to consent is not moved, and is offered the version when it is their turn', async () => {
  const world = await createRolloutWorld()
  const asking = createManifest('1.1.0', {
    scopes: [...createManifest('1.1.0').scopes, { id: 'customers:write', purpose: 'Changes customers.' }],
  })
  const second = await world.publish(world.key, asking, { rolloutPercent: 50 })
  await world.expectReached(second.id, 0)
  for (const organization of ORGANIZATIONS) {
    const { update } = await world.read(organization)
    const isReached = isInRollout(world.idOf(organization), second.id, 50)
    expect(update?.deployment.version ?? null).toBe(isReached ? '1.1.0' : null)
  }
  await world.developer('POST', `${second.id}/rollout/halt`, {})
  await world.expectReached(second.id, 0)
  for (const organization of ORGANIZATIONS) expect((await world.read(organization)).update).toBeNull()
})

test.each([
  ['the app answers so on purpose', fail('NOT_FOUND')],
  ['a service beyond it fails', fail('UPSTREAM_SERVICE_ERROR')],
])('failures do not count when %s', async (_, failure) => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 60 })
  world.functions[FUNCTION] = failure
  for (const organization of world.reached(second.id, 60)) await world.call(organization).catch(() => {})
  await world.expectReached(second.id, 60)
  expect((await world.developer('GET', `${second.id}/rollout`)).failedCalls).toBe(0)
})

test('failures within the budget, and those before the rollout was resumed, halt nothing', async () => {
  const world = await createRolloutWorld({ minInstallations: 1 })
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 60 })
  const [one = ''] = world.reached(second.id, 60)
  for (let count = 0; count < 6; count++) await world.call(one)
  world.functions[FUNCTION] = fail()
  for (let count = 0; count < 2; count++) await world.call(one).catch(() => {})
  await world.expectReached(second.id, 60)
  await world.call(one).catch(() => {})
  await world.expectReached(second.id, 0)
  await world.developer('POST', `${second.id}/rollout`, { percent: 60, resume: true })
  await world.call(one).catch(() => {})
  await world.expectReached(second.id, 60)
})

test('a rollback that was cut off goes on with the next failure of each installation', async () => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 60 })
  const [one = '', two = ''] = world.reached(second.id, 60)
  // As it stands when the process ends between the halt and the first move.
  await world.storage.deployments.haltRollout(second.id, { code: 'HALTED_BY_DEVELOPER', at: new Date() })
  world.functions[FUNCTION] = fail()
  await expect(world.call(one)).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  expect(await world.read(one)).toMatchObject({ version: '1.0.0' })
  expect(await world.read(two)).toMatchObject({ version: '1.1.0' })
})

test('one version at a time is rolled out, and a rollout is for the developers of the app alone', async () => {
  const world = await createRolloutWorld()
  const second = await world.publish(world.key, createManifest('1.1.0'), { rolloutPercent: 10 })
  await expect(world.publish(world.key, createManifest('1.2.0'), { rolloutPercent: 10 })).rejects.toThrow(/CONFLICT/)
  for (const line of [
    `GET /developer/deployments/${second.id}/rollout`,
    `POST /developer/deployments/${second.id}/rollout`,
    `POST /developer/deployments/${second.id}/rollout/halt`,
  ]) {
    const body = line.endsWith('halt') ? {} : { percent: 50 }
    const sent = line.startsWith('GET') ? {} : { body }
    expect((await world.send('eve', line, sent)).status).toBe(404)
    expect((await world.send('ada', line, sent)).status).toBe(404)
    expect((await world.send(null, line, sent)).status).toBe(401)
  }
  for (const percent of [0, 101, 1.5, '50', null])
    expect(
      (
        await world.send(null, `POST /developer/deployments/${second.id}/rollout`, {
          key: world.key,
          body: { percent },
        })
      ).status,
    ).toBe(422)
})
