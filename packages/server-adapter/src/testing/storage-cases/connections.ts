import assert from 'node:assert/strict'
import type { ConnectionRecord, OAuthStateRecord, Storage } from '../../storage'
import { allPages, makeApp, makeInstallation, race, refuses, type StorageCases } from '../storage-case'
import { at, newId } from '../storage-fixtures'

export const sampleConnection = (
  { id: installationId, organizationId }: { readonly id: string; readonly organizationId: string },
  change: Partial<ConnectionRecord> = {},
): ConnectionRecord => ({
  id: newId(),
  installationId,
  organizationId,
  definitionId: 'shopify',
  userId: null,
  slot: '',
  label: 'northwind.example',
  status: 'active',
  variables: { shop: 'northwind' },
  sealed: '{"sealed":"\\u0000"}',
  expiresAt: at(60_000),
  revision: 1,
  createdBy: 'ada',
  createdAt: at(),
  updatedAt: at(),
  ...change,
})

const sampleState = (
  { id: installationId, organizationId }: { readonly id: string; readonly organizationId: string },
  change: Partial<OAuthStateRecord> = {},
): OAuthStateRecord => ({
  stateHash: `${newId()}${newId()}`
    .replaceAll(/[^0-9a-f]/g, '0')
    .padEnd(64, '0')
    .slice(0, 64),
  installationId,
  organizationId,
  userId: 'ada',
  definitionId: 'shopify',
  connectionId: null,
  sealed: 'sealed',
  returnTo: '/apps',
  expiresAt: at(600_000),
  ...change,
})

const makeConnection = async (storage: Storage, change: Partial<ConnectionRecord> = {}) => {
  const { installation, app } = await makeInstallation(storage)
  const connection = await storage.connections.create(sampleConnection(installation, change))
  return { app, installation, connection }
}

export const connectionCases: StorageCases = {
  'a connection comes back as it was made, to its organization only': async (storage) => {
    const { installation, connection } = await makeConnection(storage)
    const { organizationId, id } = connection
    assert.deepEqual(await storage.connections.get(organizationId, id), connection)
    assert.deepEqual(await storage.connections.list(organizationId, installation.id), [connection])
    assert.equal(await storage.connections.get(newId(), id), null)
    assert.deepEqual(await storage.connections.list(newId(), installation.id), [])
    assert.equal(await storage.connections.change(newId(), id, 1, { label: 'x', updatedAt: at(1) }), null)
    assert.equal(await storage.connections.claim(newId(), id, 1, at(), at(9)), false)
    assert.equal(await storage.connections.remove(newId(), id), false)
    assert.deepEqual(await storage.connections.get(organizationId, id), connection)
    await refuses(
      'CONFLICT',
      storage.connections.create(sampleConnection({ ...installation, organizationId: newId() }, { slot: '' })),
    )
  },

  'a definition is connected once in a scope, however many try; several accounts have slots of their own': async (
    storage,
  ) => {
    const { installation } = await makeInstallation(storage)
    const attempts = Array.from({ length: 6 }, () => storage.connections.create(sampleConnection(installation)))
    const { won, conflicts } = await race(attempts)
    assert.equal(won.length, 1)
    assert.equal(conflicts, 5)
    await storage.connections.create(sampleConnection(installation, { userId: 'ada' }))
    await storage.connections.create(sampleConnection(installation, { userId: 'bo' }))
    for (const id of [newId(), newId()])
      await storage.connections.create(sampleConnection(installation, { id, slot: id }))
    assert.equal((await storage.connections.list(installation.organizationId, installation.id)).length, 5)
  },

  'a connection changes only at the revision that was read': async (storage) => {
    const { connection } = await makeConnection(storage)
    const { organizationId, id } = connection
    const change = { status: 'expired', sealed: 'new', expiresAt: null, updatedAt: at(5) } as const
    const changes = Array.from({ length: 5 }, () => storage.connections.change(organizationId, id, 1, change))
    const changed = (await Promise.all(changes)).filter((row) => row !== null)
    const expected = { ...connection, ...change, revision: 2 }
    assert.deepEqual(changed, [expected])
    assert.equal(await storage.connections.change(organizationId, id, 1, { label: 'late', updatedAt: at(6) }), null)
    assert.deepEqual(await storage.connections.get(organizationId, id), expected)
  },

  'of many who claim a connection one gets it, until the claim ends or the connection changes': async (storage) => {
    const { connection } = await makeConnection(storage)
    const { organizationId, id } = connection
    const claim = (revision: number, now: Date) =>
      storage.connections.claim(organizationId, id, revision, now, new Date(now.getTime() + 1000))
    const all = await Promise.all(Array.from({ length: 8 }, () => claim(1, at())))
    assert.equal(all.filter(Boolean).length, 1)
    assert.equal(await claim(1, at(999)), false)
    assert.equal(await claim(1, at(1000)), true)
    await storage.connections.change(organizationId, id, 1, { updatedAt: at(1001) })
    assert.equal(await claim(1, at(5000)), false)
    assert.equal(await claim(2, at(1002)), true)
  },

  'a removed connection is gone, and the values of it with it': async (storage) => {
    const { installation, connection } = await makeConnection(storage)
    const place = { installationId: installation.id, collection: '', key: 'cursor' }
    for (const connectionId of ['', connection.id])
      await storage.values.set(
        { ...place, connectionId, value: '"1"', expiresAt: null },
        undefined,
        { bytes: 100, values: 9 },
        at(),
      )
    assert.equal(await storage.connections.remove(connection.organizationId, connection.id), true)
    assert.equal(await storage.connections.remove(connection.organizationId, connection.id), false)
    assert.equal(await storage.connections.get(connection.organizationId, connection.id), null)
    assert.equal(await storage.values.get({ ...place, connectionId: connection.id }, at()), null)
    assert.equal((await storage.values.get({ ...place, connectionId: '' }, at()))?.value, '"1"')
  },

  'a state is taken once, however many try, and never after its time': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const [state, old] = [sampleState(installation), sampleState(installation, { expiresAt: at(10) })]
    await storage.connections.putState(state)
    await storage.connections.putState(old)
    const taken = await Promise.all(
      Array.from({ length: 5 }, () => storage.connections.takeState(state.stateHash, at(9))),
    )
    assert.deepEqual(
      taken.filter((row) => row !== null),
      [state],
    )
    assert.equal(await storage.connections.takeState(old.stateHash, at(10)), null)
    assert.equal(await storage.connections.takeState(old.stateHash, at(9)), null)
    await refuses('CONFLICT', storage.connections.putState(sampleState({ ...installation, organizationId: newId() })))
  },

  'every connection and every client of OAuth is listed for a rotation of keys': async (storage) => {
    const { app, connection } = await makeConnection(storage)
    const client = { appId: app.id, definitionId: 'shopify', clientId: 'c', sealedSecret: 's', updatedAt: at() }
    await storage.oauthClients.put(client)
    const rows = await allPages((cursor) => storage.connections.listAll({ limit: 50, cursor }))
    assert.deepEqual(
      rows.filter(({ id }) => id === connection.id),
      [connection],
    )
    const clients = await allPages((cursor) => storage.oauthClients.listAll({ limit: 1, cursor }))
    assert.deepEqual(
      clients.filter(({ appId }) => appId === app.id),
      [client],
    )
  },

  'a client of OAuth is written over, replaced only as it was read, and removed': async (storage) => {
    const app = await makeApp(storage)
    const client = { appId: app.id, definitionId: 'b', clientId: 'c', sealedSecret: 's1', updatedAt: at() }
    await storage.oauthClients.put(client)
    await storage.oauthClients.put({ ...client, definitionId: 'a', sealedSecret: null })
    await storage.oauthClients.put({ ...client, clientId: 'd' })
    assert.equal((await storage.oauthClients.get(app.id, 'b'))?.clientId, 'd')
    assert.equal(await storage.oauthClients.replaceSecret({ ...client, sealedSecret: 'old' }, 's2'), false)
    assert.equal(await storage.oauthClients.replaceSecret(client, 's2'), true)
    assert.deepEqual(
      (await storage.oauthClients.list(app.id)).map(({ definitionId, sealedSecret }) => [definitionId, sealedSecret]),
      [
        ['a', null],
        ['b', 's2'],
      ],
    )
    assert.equal(await storage.oauthClients.remove(app.id, 'a'), true)
    assert.equal(await storage.oauthClients.get(app.id, 'a'), null)
    await refuses('CONFLICT', storage.oauthClients.put({ ...client, appId: newId() }))
  },
}
