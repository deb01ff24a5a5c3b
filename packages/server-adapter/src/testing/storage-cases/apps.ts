import assert from 'node:assert/strict'
import { allPages, makeApp, makeDeployment, publish, race, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleAccount, sampleApp, sampleBundle, sampleInstallation } from '../storage-fixtures'

const HOSTILE = ["'; drop table app; --", 'a\0b', '%', '"', '__proto__', '\u{1F4A3}']

export const appCases: StorageCases = {
  'what the platform decides about an app is kept, and what is left out stays': async (storage) => {
    const app = await makeApp(storage, { autoApprove: false, verified: true })
    const other = await makeApp(storage)
    assert.deepEqual(await storage.apps.updateTrust(app.id, { autoApprove: true }), { ...app, autoApprove: true })
    assert.deepEqual(await storage.apps.updateTrust(app.id, { verified: false }), {
      ...app,
      autoApprove: true,
      verified: false,
    })
    assert.deepEqual(await storage.apps.get(app.id), { ...app, autoApprove: true, verified: false })
    assert.deepEqual(await storage.apps.get(other.id), other)
    assert.equal(await storage.apps.updateTrust(newId(), { verified: true }), null)
  },

  'an app comes back as it was written': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const app = sampleApp(account.id, { title: "Zoë's “orders”", screenshots: ['a,b', '{"c"}', ''] })
    assert.deepEqual(await storage.apps.create(app), app)
    assert.deepEqual(await storage.apps.get(app.id), app)
    assert.deepEqual(await storage.apps.getBySlug(app.slug), app)
  },

  'a hostile name is data: it finds nothing and breaks nothing': async (storage) => {
    const app = await makeApp(storage)
    for (const name of HOSTILE) {
      assert.equal(await storage.apps.get(name), null)
      assert.equal(await storage.apps.getBySlug(name), null)
      assert.equal(await storage.installations.get(name, name), null)
      const page = await storage.apps.searchCatalog({ search: name, category: newId(), organizationId: name, limit: 5 })
      assert.deepEqual(page, { items: [], nextCursor: null })
    }
    assert.deepEqual(await storage.apps.get(app.id), app)
  },

  'a taken app slug is a conflict, also for two at once': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const apps = [sampleApp(account.id), sampleApp(account.id), sampleApp(account.id)]
    const slug = apps[0]?.slug ?? ''
    const { won, conflicts } = await race(apps.map((app) => storage.apps.create({ ...app, slug })))
    assert.deepEqual([won.length, conflicts], [1, 2])
    assert.deepEqual((await storage.apps.listForAccounts([account.id], { limit: 100 })).items, won)
    await refuses('CONFLICT', storage.apps.create(sampleApp(newId())))
  },

  'a listing changes in the fields that are named, and in no other': async (storage) => {
    const app = await makeApp(storage)
    const changed = { ...app, title: 'New', category: null, screenshots: ['x'] }
    const patch = { title: 'New', category: null, screenshots: ['x'], overview: undefined }
    // An undefined field is one that is not named, as after reading optional JSON fields.
    assert.deepEqual(await storage.apps.updateListing(app.id, patch as { title: string }), changed)
    assert.deepEqual(await storage.apps.get(app.id), changed)
    assert.equal(await storage.apps.updateListing(newId(), { title: 'x' }), null)
  },

  'apps are listed for the accounts that are asked for': async (storage) => {
    const [one, other] = [await makeApp(storage), await makeApp(storage)]
    assert.deepEqual((await storage.apps.listForAccounts([one.developerAccountId], { limit: 100 })).items, [one])
    assert.deepEqual((await storage.apps.listForAccounts([], { limit: 100 })).items, [])
    const both = (
      await storage.apps.listForAccounts([one.developerAccountId, other.developerAccountId], { limit: 100 })
    ).items
    assert.deepEqual(both.map(({ id }) => id).sort(), [one.id, other.id].sort())
  },

  'the catalogue shows what is published, with its developer, and hides drafts': async (storage) => {
    const [shown, draft, organizationId] = [await makeApp(storage), await makeApp(storage), newId()]
    await makeDeployment(storage, draft.id)
    const deployment = await publish(storage, (await makeDeployment(storage, shown.id)).id)
    const entry = {
      app: await storage.apps.get(shown.id),
      deployment,
      developer: await storage.developerAccounts.get(shown.developerAccountId),
    }
    assert.deepEqual(await storage.apps.catalogEntry(organizationId, shown.slug), entry)
    assert.equal(await storage.apps.catalogEntry(organizationId, draft.slug), null)
    const search = { organizationId, limit: 10 }
    assert.deepEqual((await storage.apps.searchCatalog({ ...search, search: shown.slug })).items, [entry])
    assert.deepEqual((await storage.apps.searchCatalog({ ...search, search: draft.slug })).items, [])
  },

  'a development deployment is offered to its organization only, and never instead of what is published': async (
    storage,
  ) => {
    const [app, target, other] = [await makeApp(storage), newId(), newId()]
    const development = await makeDeployment(storage, app.id, {
      deploymentType: 'development',
      targetOrganizationId: target,
    })
    assert.deepEqual((await storage.apps.catalogEntry(target, app.slug))?.deployment, development)
    assert.equal(await storage.apps.catalogEntry(other, app.slug), null)
    const search = { search: app.slug, limit: 10 }
    assert.equal((await storage.apps.searchCatalog({ ...search, organizationId: target })).items.length, 1)
    assert.equal((await storage.apps.searchCatalog({ ...search, organizationId: other })).items.length, 0)

    const published = await publish(storage, (await makeDeployment(storage, app.id, { version: '3.0.0' })).id)
    assert.deepEqual((await storage.apps.catalogEntry(target, app.slug))?.deployment, published)

    await storage.deployments.move(published.id, { to: 'deprecated', from: ['published'] })
    await storage.deployments.move(development.id, { to: 'deprecated', from: ['active'] })
    assert.equal(await storage.apps.catalogEntry(target, app.slug), null)
  },

  'the catalogue is searched by every word, filtered by category and paged by title without a gap': async (storage) => {
    const [word, organizationId] = [`w${newId()}`, newId()]
    const titles = ['banana', 'Äpfel', 'Cherry', 'apple', 'cherry']
    for (const [index, title] of titles.entries()) {
      const category = index < 4 ? 'fruit' : 'other'
      const app = await makeApp(storage, { title, description: `Sells ${word.toUpperCase()} here.`, category })
      await publish(storage, (await makeDeployment(storage, app.id)).id)
    }
    const titlesOf = async (query: { search: string; category?: string }, limit: number) => {
      const entries = await allPages((cursor) =>
        storage.apps.searchCatalog({ ...query, organizationId, limit, cursor }),
      )
      return entries.map(({ app }) => app.title)
    }
    const sorted = await titlesOf({ search: word }, 2)
    assert.deepEqual(sorted.slice(0, 3), ['Äpfel', 'apple', 'banana'])
    assert.deepEqual(sorted.map((title) => title.toLowerCase()).slice(3), ['cherry', 'cherry'])
    assert.deepEqual(await titlesOf({ search: `${word} APFEL` }, 1), ['Äpfel'])
    assert.deepEqual(await titlesOf({ search: `${word} nothing` }, 10), [])
    assert.deepEqual(await titlesOf({ search: word, category: 'other' }, 10), ['cherry'])

    const [first] = (await storage.apps.searchCatalog({ search: `${word} banana`, organizationId, limit: 1 })).items
    await storage.apps.updateListing(first?.app.id ?? '', { title: 'Zucchini' })
    assert.equal((await titlesOf({ search: word }, 2)).at(-1), 'Zucchini')
  },

  'a cursor that is not one of the list is refused': async (storage) => {
    const app = await makeApp(storage)
    await publish(storage, (await makeDeployment(storage, app.id)).id)
    const query = { organizationId: newId(), limit: 1 }
    const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const bad = [
      'x',
      '',
      forge(null),
      forge({ list: 'catalog', key: [1, 2] }),
      forge({ list: 'catalog', key: ['a'] }),
      forge({ list: 'catalog', key: ['a', 'b', 'c'] }),
      forge({ list: 'review', key: ['a', 'b'] }),
      forge({ list: 'catalog', key: ['a\0', 'b'] }),
      forge({ list: 'catalog', key: [{}, 'b'] }),
      'A'.repeat(10_000),
    ]
    for (const cursor of bad) await refuses('INVALID_CURSOR', storage.apps.searchCatalog({ ...query, cursor }))
    await refuses(
      'INVALID_CURSOR',
      storage.deployments.listForReview({ limit: 1, cursor: forge({ list: 'review', key: [1.5] }) }),
    )
    await refuses(
      'INVALID_CURSOR',
      storage.audit.list({ type: 'platform' }, { limit: 1, cursor: forge({ list: 'audit', key: ['a', 'b'] }) }),
    )
  },

  'the catalogue is narrowed by a tag, and sorted by title, installs or age': async (storage) => {
    // A category of its own, as other cases have apps on the same database.
    const category = newId()
    const make = async (title: string, tags: readonly string[], installs: number) => {
      const app = await makeApp(storage, { title, tags, category })
      const deployment = await makeDeployment(storage, app.id)
      await publish(storage, deployment.id)
      for (let count = 0; count < installs; count++)
        await storage.installations.create(sampleInstallation(deployment, newId()), newId())
      return title
    }
    await make('Beta', ['chat', 'live'], 1)
    await make('Alpha', ['chat'], 3)
    await make('Delta', [], 3)
    await make('Gamma', ['live'], 0)
    const titles = async (query: object) => {
      const list = (cursor: string | undefined) =>
        storage.apps.searchCatalog({ organizationId: newId(), category, limit: 2, cursor, ...query })
      return (await allPages(list)).map(({ app }) => app.title)
    }
    assert.deepEqual(await titles({}), ['Alpha', 'Beta', 'Delta', 'Gamma'])
    assert.deepEqual(await titles({ sort: 'title' }), ['Alpha', 'Beta', 'Delta', 'Gamma'])
    assert.deepEqual(await titles({ sort: 'installs' }), ['Alpha', 'Delta', 'Beta', 'Gamma'])
    assert.deepEqual(await titles({ sort: 'newest' }), ['Gamma', 'Delta', 'Alpha', 'Beta'])
    assert.deepEqual(await titles({ tag: 'chat' }), ['Alpha', 'Beta'])
    assert.deepEqual(await titles({ tag: 'live', sort: 'newest', search: 'orders' }), ['Gamma', 'Beta'])
    assert.deepEqual(await titles({ tag: "ch'at" }), [])
  },

  'a bundle keeps every byte': async (storage) => {
    const app = await makeApp(storage)
    const content = Uint8Array.from({ length: 512 }, (_, index) => index % 256)
    const bundle = sampleBundle(app.id, content)
    assert.deepEqual(await storage.bundles.put(bundle, content), bundle)
    const kept = Uint8Array.from(content)
    content.fill(7)
    assert.deepEqual(await storage.bundles.get(bundle.id), bundle)
    assert.deepEqual(await storage.bundles.find(app.id, 'client', bundle.sha256), bundle)
    assert.deepEqual(Uint8Array.from((await storage.bundles.content(bundle.id)) ?? []), kept)
    assert.equal(await storage.bundles.find(app.id, 'server', bundle.sha256), null)
    assert.equal(await storage.bundles.content(newId()), null)
  },

  'the same bytes of an app are stored once, also when sent at once': async (storage) => {
    const app = await makeApp(storage)
    const content = new TextEncoder().encode(newId())
    const records = await Promise.all(
      [1, 2, 3, 4].map(() => storage.bundles.put(sampleBundle(app.id, content), content)),
    )
    assert.equal(new Set(records.map(({ id }) => id)).size, 1)
    assert.deepEqual(await storage.bundles.get(records[0]?.id ?? ''), records[0])
  },

  'bytes are never stored under a hash or size that is not theirs': async (storage) => {
    const app = await makeApp(storage)
    const content = new TextEncoder().encode(newId())
    const bundle = sampleBundle(app.id, content)
    const forged = new TextEncoder().encode('evil')
    await refuses('CONFLICT', storage.bundles.put({ ...bundle, sizeBytes: 4 }, forged))
    await refuses('CONFLICT', storage.bundles.put({ ...bundle, sizeBytes: 1 }, content))
    assert.equal(await storage.bundles.clientContentByHash(bundle.sha256), null)
  },

  'a client bundle is found by its hash alone; a server bundle is not': async (storage) => {
    const app = await makeApp(storage)
    const [client, server] = [new TextEncoder().encode(newId()), new TextEncoder().encode(newId())]
    await storage.bundles.put(sampleBundle(app.id, client), client)
    const secret = await storage.bundles.put(sampleBundle(app.id, server, 'server'), server)
    const found = await storage.bundles.clientContentByHash(sampleBundle(app.id, client).sha256)
    assert.deepEqual(Uint8Array.from(found ?? []), client)
    assert.equal(await storage.bundles.clientContentByHash(secret.sha256), null)
  },

  'what a method returned is a copy': async (storage) => {
    const app = await makeApp(storage)
    const read = await storage.apps.get(app.id)
    assert.ok(read)
    // A caller in JavaScript is not held back by `readonly`.
    const screenshots = read.screenshots as string[]
    screenshots.push('changed')
    read.createdAt.setTime(0)
    assert.deepEqual((await storage.apps.get(app.id))?.screenshots, ['https://cdn.example/1.png'])
    assert.deepEqual((await storage.apps.get(app.id))?.createdAt, at())
  },
}
