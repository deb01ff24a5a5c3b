import { expect, test } from 'vitest'
import { createSealer } from '../crypto/create-sealer'
import type { ConnectionRecord, WebhookHandlerRecord } from '../storage'
import { createMemoryStorage, type Storage } from '../storage'
import { makeInstallation } from '../testing/storage-case'
import { openCredential, sealCredential } from './connections/credential'
import { resealSecrets } from './reseal-secrets'
import { secretPlace } from './settings'
import { openWebhook, sealWebhook } from './webhooks/sealed-webhook'

const keyOf = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte).toString('base64') })
const [old, next] = [keyOf('old', 1), keyOf('next', 2)]
const both = { current: next, previous: [old] }

const writeSecret = async (
  storage: Storage,
  id: string,
  deploymentId: string,
  key: string,
  clear: string,
  ring = { current: old },
) => {
  const value = await createSealer(ring).seal(clear, secretPlace(id, null, key))
  await storage.settings.write(id, null, deploymentId, [{ key, value, secret: true }])
}

const readSecrets = async (storage: Storage, id: string, ring: Parameters<typeof createSealer>[0]) => {
  const rows = (await storage.settings.list(id, null)).filter(({ secret }) => secret)
  const sealer = createSealer(ring)
  return Promise.all(rows.map(({ key, value }) => sealer.open(String(value), secretPlace(id, null, key))))
}

test('after a rotation every secret opens without the old key, and a second run has nothing to do', async () => {
  const storage = createMemoryStorage()
  const { first, installation } = await makeInstallation(storage)
  const expected = Array.from({ length: 250 }, (_, index) => `secret ${String(index).padStart(3, '0')}`)
  for (const clear of expected) await writeSecret(storage, installation.id, first.id, clear.replace(' ', '.'), clear)
  await storage.settings.write(installation.id, null, first.id, [{ key: 'plain', value: 'x', secret: false }])
  expect(await resealSecrets({ storage, secrets: both })).toEqual({ resealed: 250, current: 0, failed: [] })
  expect(await readSecrets(storage, installation.id, { current: next })).toEqual(expected)
  expect(await resealSecrets({ storage, secrets: both })).toEqual({ resealed: 0, current: 250, failed: [] })
})

test('what is written while the keys rotate is kept, and the server reads every secret all the time', async () => {
  const storage = createMemoryStorage()
  const { first, installation } = await makeInstallation(storage)
  for (const key of ['a', 'b', 'c']) await writeSecret(storage, installation.id, first.id, key, `old ${key}`)
  const racing: Storage = {
    ...storage,
    settings: {
      ...storage.settings,
      // Between the read of the rotation and its write, a user writes.
      async replaceSecret(read, sealed) {
        if (read.key === 'b') await writeSecret(storage, installation.id, first.id, 'b', 'new b', both)
        expect(await readSecrets(storage, installation.id, both)).toHaveLength(3)
        return storage.settings.replaceSecret(read, sealed)
      },
      list: (id, userId) => storage.settings.list(id, userId),
      listSecrets: (page) => storage.settings.listSecrets(page),
      write: (...input) => storage.settings.write(...input),
    },
  }
  expect(await resealSecrets({ storage: racing, secrets: both })).toEqual({ resealed: 2, current: 1, failed: [] })
  expect(await readSecrets(storage, installation.id, { current: next })).toEqual(['old a', 'new b', 'old c'])
})

test('a secret that no key opens is named and left as it is', async () => {
  const storage = createMemoryStorage()
  const { first, installation } = await makeInstallation(storage)
  await writeSecret(storage, installation.id, first.id, 'lost', 'x', { current: keyOf('gone', 9) })
  await writeSecret(storage, installation.id, first.id, 'kept', 'y')
  const before = await storage.settings.list(installation.id, null)
  const report = await resealSecrets({ storage, secrets: both })
  expect(report).toEqual({
    resealed: 1,
    current: 0,
    failed: [{ installationId: installation.id, userId: null, key: 'lost' }],
  })
  expect((await storage.settings.list(installation.id, null)).find(({ key }) => key === 'lost')).toEqual(before[1])
})

const connect = async (storage: Storage, installation: { id: string; organizationId: string }, id: string) => {
  const row: ConnectionRecord = {
    id,
    installationId: installation.id,
    organizationId: installation.organizationId,
    definitionId: 'shop',
    userId: null,
    slot: id,
    label: id,
    variables: {},
    sealed: '',
    expiresAt: null,
    status: 'active',
    revision: 1,
    createdBy: 'ada',
    createdAt: new Date(),
    updatedAt: new Date(),
  }
  const sealed = await sealCredential(createSealer({ current: old }), row, { accessToken: `token of ${id}` })
  return storage.connections.create({ ...row, sealed })
}

test('the credential of every connection opens without the old key, also of one that is renewed meanwhile', async () => {
  const storage = createMemoryStorage()
  const { installation } = await makeInstallation(storage)
  for (const id of ['a', 'b', 'c']) await connect(storage, installation, id)
  const renewed = createSealer(both)
  let isRenewed = false
  const racing: Storage = {
    ...storage,
    connections: {
      ...storage.connections,
      async change(organizationId, id, revision, change) {
        // Between the read of the rotation and its write, the token is renewed.
        if (id === 'b' && !isRenewed) {
          isRenewed = true
          const row = await storage.connections.get(organizationId, id)
          if (!row) throw new Error('It is gone.')
          const sealed = await sealCredential(renewed, row, { accessToken: 'new token of b' })
          await storage.connections.change(organizationId, id, row.revision, { sealed, updatedAt: new Date() })
        }
        return storage.connections.change(organizationId, id, revision, change)
      },
    },
  }
  expect(await resealSecrets({ storage: racing, secrets: both })).toEqual({ resealed: 2, current: 1, failed: [] })
  const sealer = createSealer({ current: next })
  const { items } = await storage.connections.listAll({ limit: 10 })
  const tokens = await Promise.all(items.map(async (row) => (await openCredential(sealer, row)).accessToken))
  expect(tokens.sort()).toEqual(['new token of b', 'token of a', 'token of c'])
  // A credential that was copied into another row opens there with no key.
  const [one, other] = items as [ConnectionRecord, ConnectionRecord]
  await expect(openCredential(sealer, { ...one, sealed: other.sealed })).rejects.toThrow()
})

test('what webhook handlers keep is sealed anew, and opens in its place', async () => {
  const storage = createMemoryStorage()
  const { installation } = await makeInstallation(storage)
  const secrets = { token: 'token-of-the-address', metadata: { secret: 's' } }
  const place = { id: 'hook-1', installationId: installation.id }
  const row: WebhookHandlerRecord = {
    ...place,
    tokenHash: '0'.repeat(64),
    organizationId: installation.organizationId,
    handlerId: 'orders',
    connectionId: null,
    triggerId: null,
    workflowId: null,
    externalWebhookId: null,
    sealed: await sealWebhook(createSealer({ current: old }), place, secrets),
    isActive: true,
    createdAt: new Date(),
    updatedAt: new Date(),
  }
  await storage.webhookHandlers.create(row, 1)
  expect(await resealSecrets({ storage, secrets: both })).toEqual({ resealed: 1, current: 0, failed: [] })
  const resealed = await storage.webhookHandlers.findByToken(row.tokenHash)
  if (!resealed) throw new Error('The handler is gone.')
  expect(await openWebhook(createSealer({ current: next }), resealed)).toEqual(secrets)
  await storage.webhookHandlers.change(row.organizationId, row.id, { sealed: row.sealed, updatedAt: new Date() })
  const { failed } = await resealSecrets({ storage, secrets: { current: next } })
  expect(failed).toEqual([{ installationId: installation.id, webhookHandlerId: 'hook-1' }])
})
