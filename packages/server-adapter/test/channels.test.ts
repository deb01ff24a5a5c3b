import { expect, test } from 'vitest'
import { createManifest, createWorld, SECRET, TOKEN } from './support/create-world'

/** org-a and org-b have 1.0.0 in the channel stable, configured. */
const createStableWorld = async () => {
  const world = createWorld()
  const { key, app } = await world.openAccount()
  const first = await world.publish(key, createManifest('1.0.0'))
  const a = await world.install('ada', first, 'stable')
  const b = await world.install('bea', first, 'stable')
  for (const [who, { id }] of [
    ['ada', a],
    ['bea', b],
  ] as const)
    await world.configure(who, id, { apiUrl: 'https://orders.northwind.example', apiKey: SECRET, token: TOKEN })
  const read = (who: 'ada' | 'bea') => world.must(200, who, `GET /installations/${(who === 'ada' ? a : b).id}`)
  const move = (name: string, body: object = {}) =>
    world.must(200, 'ada', `POST /installations/${a.id}/${name}`, { body })
  const asksMore = (version: string) =>
    createManifest(version, {
      scopes: [...createManifest(version).scopes, { id: 'customers:write', purpose: 'Changes customers.' }],
    })
  return { ...world, key, app, first, a, b, read, move, asksMore }
}

test('stable installations move to a version that asks for nothing new, in every organization, and say so', async () => {
  const world = await createStableWorld()
  await world.publish(world.key, createManifest('1.1.0'))
  expect(await world.read('ada')).toMatchObject({ version: '1.1.0', channel: 'stable', update: null })
  expect(await world.read('bea')).toMatchObject({ version: '1.1.0', channel: 'stable' })
  expect(world.unloaded).toEqual(expect.arrayContaining([world.a.id, world.b.id]))
  const { items } = await world.must(200, 'ada', `GET /installations/${world.a.id}/events`)
  expect(items[0]).toMatchObject({
    type: 'rolled-forward',
    fromVersion: '1.0.0',
    toVersion: '1.1.0',
    actorId: 'souk',
  })
  expect((await world.call('max', world.a.id, '["x"]')).status).toBe(200)
  expect(await world.calls.at(-1)?.source()).toBe('// server 1.1.0')
})

test.each([
  [
    'a scope',
    { scopes: [...createManifest('1.1.0').scopes, { id: 'customers:write', purpose: 'Changes customers.' }] },
  ],
  [
    'a host',
    {
      egress: { server: [...createManifest('1.1.0').egress.server, { host: 'evil.example', purpose: 'Sends data.' }] },
    },
  ],
])('a version that asks for %s waits for consent, and the old code keeps running', async (_, changes) => {
  const world = await createStableWorld()
  const second = await world.publish(world.key, createManifest('1.1.0', changes))
  expect(await world.read('ada')).toMatchObject({ version: '1.0.0', update: { deployment: { id: second.id } } })
  expect((await world.call('max', world.a.id, '["x"]')).status).toBe(200)
  expect(await world.calls.at(-1)?.source()).toBe('// server 1.0.0')
  const { manifest } = second
  const upgraded = await world.move('upgrade', {
    deploymentId: second.id,
    grantedScopes: manifest.scopes.map(({ id }: { id: string }) => id),
    grantedEgress: manifest.egress.server.map(({ host }: { host: string }) => host),
  })
  expect(upgraded).toMatchObject({ version: '1.1.0', channel: 'stable' })
})

test('a version that asks for less takes what is not asked for any more, and a rollback gives it back', async () => {
  const world = await createStableWorld()
  await world.publish(world.key, createManifest('1.1.0', { scopes: [] }))
  expect(await world.read('ada')).toMatchObject({ version: '1.1.0', grantedScopes: [] })
  expect(await world.move('rollback')).toMatchObject({ version: '1.0.0', grantedScopes: ['tickets:read'] })
})

test('a pinned installation stays, and moves at once when it goes to stable', async () => {
  const world = await createStableWorld()
  expect(await world.move('channel', { channel: 'pinned' })).toMatchObject({ channel: 'pinned', version: '1.0.0' })
  await world.publish(world.key, createManifest('1.1.0'))
  expect(await world.read('ada')).toMatchObject({ version: '1.0.0', update: { deployment: { version: '1.1.0' } } })
  expect(await world.read('bea')).toMatchObject({ version: '1.1.0' })
  expect(await world.move('channel', { channel: 'stable' })).toMatchObject({ channel: 'stable', version: '1.1.0' })
})

test('a pinned installation that goes to stable waits for consent when more is asked', async () => {
  const world = await createStableWorld()
  await world.move('channel', { channel: 'pinned' })
  await world.publish(world.key, world.asksMore('1.1.0'))
  expect(await world.move('channel', { channel: 'stable' })).toMatchObject({ channel: 'stable', version: '1.0.0' })
})

test('what somebody rolled back from does not come back on its own', async () => {
  const world = await createStableWorld()
  await world.publish(world.key, createManifest('1.1.0'))
  expect(await world.move('rollback')).toMatchObject({ version: '1.0.0', channel: 'pinned' })
  await world.publish(world.key, createManifest('1.2.0'))
  expect(await world.read('ada')).toMatchObject({ version: '1.0.0' })
})

test('an older line that is published later moves nobody back', async () => {
  const world = await createStableWorld()
  await world.publish(world.key, createManifest('2.0.0'))
  await world.publish(world.key, createManifest('1.0.1'))
  expect(await world.read('ada')).toMatchObject({ version: '2.0.0' })
})

test('an uninstalled app stays away when a new version is published', async () => {
  const world = await createStableWorld()
  await world.move('uninstall')
  await world.publish(world.key, createManifest('1.1.0'))
  expect(await world.read('ada')).toMatchObject({ status: 'uninstalled', version: '1.0.0', grantedScopes: [] })
})

test('a development deployment arrives only where an admin of the organization took it, each version anew', async () => {
  const world = await createStableWorld()
  const deploy = (version: string) =>
    world.deploy(world.key, createManifest(version), { deploymentType: 'development', targetOrganizationId: 'org-a' })
  const development = await deploy('1.5.0')
  expect(await world.read('ada')).toMatchObject({ version: '1.0.0', channel: 'stable' })
  const upgrade = `POST /installations/${world.b.id}/upgrade`
  const body = { deploymentId: development.id, ...world.consent }
  expect((await world.send('bea', upgrade, { body })).status).toBe(404)
  expect(await world.move('upgrade', body)).toMatchObject({ version: '1.5.0', channel: 'development' })
  await deploy('1.6.0')
  await world.publish(world.key, createManifest('1.7.0'))
  expect(await world.read('ada')).toMatchObject({ version: '1.5.0', channel: 'development' })
  for (const channel of ['stable', 'pinned'])
    expect(
      (await world.send('ada', `POST /installations/${world.a.id}/channel`, { body: { channel } })).body.code,
    ).toBe('CONFLICT')
  const published = (await world.must(200, 'bea', `GET /installations/${world.b.id}`)).deploymentId
  expect(await world.move('upgrade', { deploymentId: published, ...world.consent })).toMatchObject({
    version: '1.7.0',
    channel: 'stable',
  })
})

test('the channel is for admins of the own organization, and cannot be development', async () => {
  const world = await createStableWorld()
  const line = `POST /installations/${world.a.id}/channel`
  expect((await world.send('max', line, { body: { channel: 'pinned' } })).status).toBe(403)
  expect((await world.send('bea', line, { body: { channel: 'pinned' } })).status).toBe(404)
  expect((await world.send('ada', line, { body: { channel: 'development' } })).status).toBe(422)
  expect(await world.read('ada')).toMatchObject({ channel: 'stable' })
})
