import assert from 'node:assert/strict'
import type { Storage } from '../../storage'
import { isStorageError } from '../../storage'
import { makeApp, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleBundle, sampleDeployment } from '../storage-fixtures'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const upload = async (storage: Storage, appId: string, text = newId(), uploadedAt = at(), appBytes?: number) => {
  const content = bytesOf(text)
  const bundle = { ...sampleBundle(appId, content), createdAt: uploadedAt }
  return storage.bundles.put(bundle, content, appBytes === undefined ? undefined : { appBytes })
}

export const bundleCases: StorageCases = {
  'the bundles of an app keep a quota, also when several are sent at once; the same bytes count once': async (
    storage,
  ) => {
    const [app, other] = [await makeApp(storage), await makeApp(storage)]
    const text = newId()
    const size = bytesOf(text).byteLength
    await upload(storage, app.id, text, at(), size)
    await upload(storage, app.id, text, at(), size)
    await refuses('QUOTA_EXCEEDED', upload(storage, app.id, newId(), at(), size * 2 - 1))
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => upload(storage, app.id, newId(), at(), size * 3)))
    const stored = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.ok(isStorageError(outcome.reason) && outcome.reason.code === 'QUOTA_EXCEEDED', String(outcome.reason))
    assert.equal(stored.length, 2)
    for (const bundle of stored) assert.deepEqual(await storage.bundles.get(bundle.id), bundle)
    await upload(storage, other.id, newId(), at(), size)
    await upload(storage, app.id)
  },

  'bundles that no deployment uses are removed once they are old; those that are used, new or sent again stay': async (
    storage,
  ) => {
    const app = await makeApp(storage)
    const [before, old, now] = [at(-40_000_000_000), at(-50_000_000_000), at()]
    const used = await upload(storage, app.id, newId(), old)
    const server = bytesOf(newId())
    const usedServer = await storage.bundles.put({ ...sampleBundle(app.id, server, 'server'), createdAt: old }, server)
    await storage.deployments.create(sampleDeployment(app.id, used.id, { serverBundleId: usedServer.id }))
    const again = newId()
    const sent = await upload(storage, app.id, again, old)
    const young = await upload(storage, app.id, newId(), now)
    const unused = [await upload(storage, app.id, newId(), old), await upload(storage, app.id, newId(), old)]
    assert.deepEqual(await upload(storage, app.id, again, now), sent)

    assert.ok((await storage.bundles.removeUnused(before)) >= 2)
    for (const { id } of unused) {
      assert.equal(await storage.bundles.get(id), null)
      assert.equal(await storage.bundles.content(id), null)
    }
    for (const bundle of [used, usedServer, sent, young]) {
      assert.deepEqual(await storage.bundles.get(bundle.id), bundle)
      assert.equal((await storage.bundles.content(bundle.id))?.byteLength, bundle.sizeBytes)
    }
    await refuses('CONFLICT', storage.deployments.create(sampleDeployment(app.id, unused[0]?.id ?? '')))
  },

  'an upload and a deployment while unused bundles are removed keep their bundle or are refused': async (storage) => {
    const app = await makeApp(storage)
    const old = at(-50_000_000_000)
    for (let round = 0; round < 5; round++) {
      const [again, version] = [newId(), `1.0.${round}`]
      await upload(storage, app.id, again, old)
      const bundle = await upload(storage, app.id, newId(), old)
      const [sent, deployed] = await Promise.allSettled([
        upload(storage, app.id, again, at()),
        storage.deployments.create(sampleDeployment(app.id, bundle.id, { version })),
        storage.bundles.removeUnused(at(-40_000_000_000)),
        storage.bundles.removeUnused(at(-40_000_000_000)),
      ])
      assert.ok(sent.status === 'fulfilled', 'an upload succeeds')
      assert.deepEqual(
        await storage.bundles.content(sent.value.id).then((bytes) => bytes && Uint8Array.from(bytes)),
        bytesOf(again),
      )
      if (deployed.status === 'fulfilled') assert.deepEqual(await storage.bundles.get(bundle.id), bundle)
      else assert.equal(await storage.bundles.get(bundle.id), null)
    }
  },
}
