import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { InstallationRecord, Storage, WebhookHandlerRecord } from '../../storage'
import { allPages, makeInstallation, race, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleChange } from '../storage-fixtures'
import { sampleConnection } from './connections'

const MAX = 5

const sampleHandler = (
  { id: installationId, organizationId }: Pick<InstallationRecord, 'id' | 'organizationId'>,
  change: Partial<WebhookHandlerRecord> = {},
): WebhookHandlerRecord => ({
  id: newId(),
  tokenHash: createHash('sha256').update(newId()).digest('hex'),
  installationId,
  organizationId,
  handlerId: 'orders',
  connectionId: null,
  triggerId: 'order-created',
  workflowId: null,
  externalWebhookId: null,
  sealed: '{"sealed":1}',
  isActive: true,
  createdAt: at(),
  updatedAt: at(),
  ...change,
})

const makeHandler = async (storage: Storage, change: Partial<WebhookHandlerRecord> = {}) => {
  const made = await makeInstallation(storage)
  const handler = await storage.webhookHandlers.create(sampleHandler(made.installation, change), MAX)
  return { ...made, handler }
}

export const webhookHandlerCases: StorageCases = {
  'a webhook handler comes back as it was made, to its organization and by its token': async (storage) => {
    const { installation, handler } = await makeHandler(storage, { workflowId: 'w', externalWebhookId: 'e' })
    const { organizationId, id } = handler
    assert.deepEqual(await storage.webhookHandlers.findByToken(handler.tokenHash), handler)
    assert.deepEqual(await storage.webhookHandlers.list(organizationId, installation.id), [handler])
    assert.equal(await storage.webhookHandlers.findByToken('0'.repeat(64)), null)
    assert.deepEqual(await storage.webhookHandlers.list(newId(), installation.id), [])
    assert.equal(await storage.webhookHandlers.change(newId(), id, { isActive: false, updatedAt: at(1) }), null)
    assert.equal(await storage.webhookHandlers.remove(newId(), id), false)
    await storage.webhookHandlers.acceptEvents(newId(), id, ['a'], at())
    assert.deepEqual(await storage.webhookHandlers.findAcceptedEvents(organizationId, id, ['a']), [])
    const change = { triggerId: null, sealed: 'new', isActive: false, updatedAt: at(5) }
    assert.deepEqual(await storage.webhookHandlers.change(organizationId, id, change), { ...handler, ...change })
    assert.equal(await storage.webhookHandlers.remove(organizationId, id), true)
    assert.equal(await storage.webhookHandlers.remove(organizationId, id), false)
    assert.equal(await storage.webhookHandlers.findByToken(handler.tokenHash), null)
  },

  'a webhook has one handler for a connection and one for none, however many are made at once': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const ids = [newId(), newId()]
    const connections = await Promise.all(
      ids.map((id) => storage.connections.create(sampleConnection(installation, { id, slot: id }))),
    )
    for (const connectionId of [null, ...connections.map(({ id }) => id)]) {
      const attempts = Array.from({ length: 4 }, () =>
        storage.webhookHandlers.create(sampleHandler(installation, { connectionId }), MAX),
      )
      const { won, conflicts } = await race(attempts)
      assert.deepEqual([won.length, conflicts], [1, 3])
    }
    await storage.webhookHandlers.create(sampleHandler(installation, { handlerId: 'refunds' }), MAX)
    assert.equal((await storage.webhookHandlers.list(installation.organizationId, installation.id)).length, 4)
  },

  'an installation has no more webhook handlers than it may, however many are made at once': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const outcomes = await Promise.allSettled(
      Array.from({ length: MAX + 3 }, (_, index) =>
        storage.webhookHandlers.create(sampleHandler(installation, { handlerId: `h${index}` }), MAX),
      ),
    )
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, MAX)
    await refuses('QUOTA_EXCEEDED', storage.webhookHandlers.create(sampleHandler(installation), MAX))
    assert.equal((await storage.webhookHandlers.list(installation.organizationId, installation.id)).length, MAX)
  },

  'a webhook handler is of an installation and a connection that are there': async (storage) => {
    const [mine, other] = [await makeInstallation(storage), await makeInstallation(storage)]
    const foreign = await storage.connections.create(sampleConnection(other.installation))
    const place = mine.installation
    for (const wrong of [
      sampleHandler({ ...place, organizationId: newId() }),
      sampleHandler({ ...place, id: newId() }),
      sampleHandler(place, { connectionId: foreign.id }),
      sampleHandler(place, { connectionId: newId() }),
    ])
      await refuses('CONFLICT', storage.webhookHandlers.create(wrong, MAX))
    const first = await storage.webhookHandlers.create(sampleHandler(place), MAX)
    const sameToken = sampleHandler(other.installation, { tokenHash: first.tokenHash })
    await refuses('CONFLICT', storage.webhookHandlers.create(sameToken, MAX))
  },

  'a webhook handler goes with its connection, and what was accepted of it too': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const { organizationId } = installation
    const connection = await storage.connections.create(sampleConnection(installation))
    const [own, free] = [
      await storage.webhookHandlers.create(sampleHandler(installation, { connectionId: connection.id }), MAX),
      await storage.webhookHandlers.create(sampleHandler(installation), MAX),
    ]
    await storage.webhookHandlers.acceptEvents(organizationId, own.id, ['a'], at())
    assert.equal(await storage.connections.remove(organizationId, connection.id), true)
    assert.equal(await storage.webhookHandlers.findByToken(own.tokenHash), null)
    assert.deepEqual(await storage.webhookHandlers.findAcceptedEvents(organizationId, own.id, ['a']), [])
    assert.deepEqual(await storage.webhookHandlers.list(organizationId, installation.id), [free])
  },

  'uninstalling makes webhook handlers inactive, and none can be made until the app is back': async (storage) => {
    const { installation, first, handler } = await makeHandler(storage)
    const { organizationId, id } = installation
    const move = (type: 'uninstalled' | 'reinstalled', offsetMs: number) =>
      storage.installations.change(organizationId, id, first.id, sampleChange(type, first.id, { at: at(offsetMs) }))
    await move('uninstalled', 100)
    const stopped = { ...handler, isActive: false, updatedAt: at(100) }
    assert.deepEqual(await storage.webhookHandlers.findByToken(handler.tokenHash), stopped)
    const another = sampleHandler(installation, { handlerId: 'refunds' })
    await refuses('CONFLICT', storage.webhookHandlers.create(another, MAX))
    await move('reinstalled', 200)
    assert.deepEqual(await storage.webhookHandlers.findByToken(handler.tokenHash), stopped)
    assert.deepEqual(await storage.webhookHandlers.create(another, MAX), another)
  },

  'events that were accepted are known by their handler alone, until they are old': async (storage) => {
    const { installation, handler } = await makeHandler(storage)
    const { organizationId, id } = handler
    const other = await storage.webhookHandlers.create(sampleHandler(installation, { handlerId: 'refunds' }), MAX)
    const known = async (of: string) =>
      [...(await storage.webhookHandlers.findAcceptedEvents(organizationId, of, ['a', 'b', 'c']))].sort()
    assert.deepEqual(await known(id), [])
    await Promise.all(
      Array.from({ length: 4 }, () => storage.webhookHandlers.acceptEvents(organizationId, id, ['a', 'b'], at(1000))),
    )
    await storage.webhookHandlers.acceptEvents(organizationId, id, ['c'], at(2000))
    assert.deepEqual(await known(id), ['a', 'b', 'c'])
    assert.deepEqual(await known(other.id), [])
    await storage.webhookHandlers.removeEventsBefore(at(2000))
    assert.deepEqual(await known(id), ['c'])
    await storage.webhookHandlers.acceptEvents(organizationId, newId(), ['a'], at())
  },

  'every webhook handler is listed for a rotation of keys, and replaced only as it was read': async (storage) => {
    const { handler } = await makeHandler(storage)
    const rows = await allPages((cursor) => storage.webhookHandlers.listAll({ limit: 50, cursor }))
    assert.deepEqual(
      rows.filter(({ id }) => id === handler.id),
      [handler],
    )
    assert.equal(await storage.webhookHandlers.replaceSealed({ ...handler, sealed: 'old' }, 'new'), false)
    assert.equal(await storage.webhookHandlers.replaceSealed(handler, 'new'), true)
    assert.equal((await storage.webhookHandlers.findByToken(handler.tokenHash))?.sealed, 'new')
  },
}
