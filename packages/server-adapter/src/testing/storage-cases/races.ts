import assert from 'node:assert/strict'
import type { SettingRecord, Storage } from '../../storage'
import { allPages, makeApp, makeDeployment, makeInstallation, publish, type StorageCases } from '../storage-case'
import { at, newId, PUBLISH_MOVES, sampleChange } from '../storage-fixtures'

/** Follows a history from its first event, and asks that each event begins where the one before ended. */
const replay = async (storage: Storage, organizationId: string, id: string) => {
  const events = [...(await storage.installations.events(organizationId, id, { limit: 100 })).items].reverse()
  let deployment: string | null = null
  for (const event of events) {
    assert.equal(event.fromDeploymentId, deployment, 'an event begins where the one before it ended')
    deployment = event.toDeploymentId
  }
  return { deployment, types: events.map(({ type }) => type) }
}

export const raceCases: StorageCases = {
  'upgrades, uninstalls and reinstalls at once leave a state that the history explains': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    for (let round = 0; round < 6; round++) {
      const outcomes = await Promise.all(
        (['upgraded', 'uninstalled', 'reinstalled', 'uninstalled', 'rolled-back'] as const).map((type) =>
          storage.installations.change(
            organizationId,
            id,
            round % 2 === 0 ? first.id : second.id,
            sampleChange(type, round % 2 === 0 ? second.id : first.id),
          ),
        ),
      )
      const now = await storage.installations.get(organizationId, id)
      const { deployment, types } = await replay(storage, organizationId, id)
      assert.equal(deployment, now?.uninstalledAt === null ? now.currentDeploymentId : null)
      assert.ok(outcomes.filter((outcome) => outcome !== null).length <= types.length - 1)
    }
  },

  'of several reinstalls at once one happens, under the id that the installation had': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    await storage.settings.write(id, 'ada', first.id, [{ key: 'k', value: 'mine', secret: false }])
    await storage.installations.change(organizationId, id, first.id, sampleChange('uninstalled', first.id))
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() =>
        storage.installations.change(organizationId, id, first.id, sampleChange('reinstalled', first.id)),
      ),
    )
    const won = outcomes.filter((outcome) => outcome !== null)
    assert.deepEqual(won, [{ ...installation, grantedScopes: ['tickets:read', 'tickets:write'], grantedEgress: [] }])
    assert.deepEqual((await storage.installations.listActive(organizationId, { limit: 100 })).items, won)
    assert.deepEqual((await replay(storage, organizationId, id)).types, ['installed', 'uninstalled', 'reinstalled'])
    assert.equal((await storage.settings.list(id, 'ada'))[0]?.value, 'mine')
  },

  'a rollback goes back to what an upgrade came from, and stands in the history': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    await storage.settings.write(id, null, first.id, [{ key: 'k', value: 1, secret: false }])
    await storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', second.id))
    await storage.settings.write(id, null, second.id, [{ key: 'new', value: 2, secret: false }])
    const [upgrade] = (await storage.installations.events(organizationId, id, { limit: 100 })).items
    const back = sampleChange('rolled-back', upgrade?.fromDeploymentId ?? '', { grantedScopes: ['tickets:read'] })
    const rolledBack = await storage.installations.change(organizationId, id, second.id, back)
    assert.deepEqual(rolledBack, { ...installation, grantedEgress: [] })
    assert.deepEqual(await storage.installations.get(organizationId, id), rolledBack)
    assert.deepEqual(
      (await storage.settings.list(id, null)).map(({ key }) => key),
      ['k'],
    )
    const { deployment, types } = await replay(storage, organizationId, id)
    assert.deepEqual([deployment, types], [first.id, ['installed', 'upgraded', 'rolled-back']])
  },

  'of two deployments of an app that are published at once both are, and the app agrees': async (storage) => {
    const app = await makeApp(storage)
    const ids: string[] = []
    for (const version of ['1.0.0', '2.0.0', '3.0.0']) {
      const { id } = await makeDeployment(storage, app.id, { version })
      for (const move of PUBLISH_MOVES.slice(0, 3)) await storage.deployments.move(id, move)
      ids.push(id)
    }
    const moved = await Promise.all(
      ids.map((id, index) =>
        storage.deployments.move(id, { to: 'published', from: ['approved'], publishedAt: at(index) }),
      ),
    )
    assert.deepEqual(
      moved.map((deployment) => deployment?.status),
      ['published', 'published', 'published'],
    )
    assert.equal((await storage.deployments.latestPublished(app.id))?.id, ids[2])
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'published')
    await Promise.all(ids.map((id) => storage.deployments.move(id, { to: 'deprecated', from: ['published'] })))
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'draft')
  },

  'a page that is turned while rows come shows each row that was there once': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    const record = (createdAt: Date) => {
      const callId = newId()
      return storage.functionCalls
        .record({
          id: callId,
          installationId: id,
          deploymentId: first.id,
          organizationId,
          functionId: 'f',
          userId: 'ada',
          outcome: 'ok',
          errorCode: null,
          durationMs: 1,
          logs: [],
          createdAt,
          traceId: 'trace',
          argumentBytes: 2,
          resultBytes: 2,
        })
        .then(() => callId)
    }
    const before: string[] = []
    for (let count = 0; count < 9; count++) before.push(await record(at(Math.floor(count / 3))))
    const read = await allPages(async (cursor) => {
      const page = await storage.functionCalls.list(organizationId, id, { limit: 2, cursor })
      // Newer ones, and of the same moments.
      await record(at(2))
      await record(at(1000))
      return page
    })
    const seen = read.map((call) => call.id).filter((callId) => before.includes(callId))
    assert.deepEqual(seen, [...before].reverse())
    assert.equal(new Set(read.map((call) => call.id)).size, read.length)
  },

  'a page of the catalogue that is turned while apps come, go and are renamed shows the others once': async (
    storage,
  ) => {
    const [word, organizationId] = [`w${newId()}`, newId()]
    const add = async (title: string) => {
      const app = await makeApp(storage, { title, description: word })
      const deployment = await publish(storage, (await makeDeployment(storage, app.id)).id)
      return { app, deployment }
    }
    const steady: string[] = []
    for (const title of ['b', 'd', 'f', 'h', 'j']) steady.push((await add(title)).app.id)
    const [gone, renamed] = [await add('g'), await add('i')]
    const extra = ['a', 'e', 'k']
    const read = await allPages(async (cursor) => {
      const page = await storage.apps.searchCatalog({ search: word, organizationId, limit: 2, cursor })
      const title = extra.pop()
      if (title !== undefined) await add(title)
      await storage.deployments.move(gone.deployment.id, { to: 'deprecated', from: ['published'] })
      await storage.apps.updateListing(renamed.app.id, { title: 'aa' })
      return page
    })
    const ids = read.map(({ app }) => app.id)
    assert.deepEqual(
      ids.filter((appId) => steady.includes(appId)),
      steady,
    )
    assert.equal(new Set(ids).size, ids.length)
    assert.ok(!ids.includes(gone.app.id))
  },

  'a search has exact titles first, then titles with all of the words, then the others': async (storage) => {
    const [word, organizationId] = [`w${newId()}`, newId()]
    const add = async (title: string, description: string) => {
      const app = await makeApp(storage, { title, description })
      await publish(storage, (await makeDeployment(storage, app.id)).id)
    }
    await add('Alpha', `Has the ${word} and the box.`)
    await add(`Box of ${word}s`, '')
    await add(`${word.toUpperCase()}, (box)!`, '')
    await add('Beta', `${word} only`)
    const titles = async (search: string) => {
      const entries = await allPages((cursor) =>
        storage.apps.searchCatalog({ search, organizationId, limit: 1, cursor }),
      )
      return entries.map(({ app }) => app.title)
    }
    const ranked = [`${word.toUpperCase()}, (box)!`, `Box of ${word}s`, 'Alpha']
    assert.deepEqual(await titles(`box ${word}`), ranked)
    assert.deepEqual(await titles(`${word} BÖX box`), ranked)
    assert.deepEqual(await titles(`${word} bo`), [`Box of ${word}s`, ranked[0], 'Alpha'])
    assert.deepEqual(await titles(`ox ${word}`), [])
  },

  'secrets are listed for a rotation of keys and replaced only as they were read': async (storage) => {
    const one = await makeInstallation(storage)
    const other = await makeInstallation(storage)
    const write = (
      id: string,
      userId: string | null,
      deploymentId: string,
      key: string,
      value: string,
      secret = true,
    ) => storage.settings.write(id, userId, deploymentId, [{ key, value, secret }])
    const secretOf = (installationId: string, userId: string | null, key: string, value: string): SettingRecord => ({
      installationId,
      userId,
      key,
      value,
      secret: true,
    })
    const [a, b] = [one.installation.id, other.installation.id]
    await write(a, null, one.first.id, 'k', 'sealed 1')
    await write(a, 'ada', one.first.id, 'k', 'sealed "2"')
    await write(a, null, one.first.id, 'plain', 'open', false)
    await write(b, null, other.first.id, 'k', 'sealed 3')
    await write(a, null, one.first.id, 'k', 'sealed 1b')
    const mine = async (limit: number) =>
      (await allPages((cursor) => storage.settings.listSecrets({ limit, cursor }))).filter(
        ({ installationId }) => installationId === a || installationId === b,
      )
    const expected = [
      secretOf(a, null, 'k', 'sealed 1b'),
      secretOf(a, 'ada', 'k', 'sealed "2"'),
      secretOf(b, null, 'k', 'sealed 3'),
    ]
    assert.deepEqual(await mine(1), expected)
    assert.deepEqual(await mine(100), expected)

    assert.equal(await storage.settings.replaceSecret(secretOf(a, null, 'k', 'sealed 1'), 'late'), false)
    assert.equal(await storage.settings.replaceSecret(secretOf(a, 'grace', 'k', 'sealed "2"'), 'late'), false)
    assert.equal(await storage.settings.replaceSecret(secretOf(a, null, 'plain', 'open'), 'late'), false)
    const attempts = ['x', 'y', 'z'].map((sealed) =>
      storage.settings.replaceSecret(secretOf(a, 'ada', 'k', 'sealed "2"'), sealed),
    )
    assert.equal((await Promise.all(attempts)).filter((replaced) => replaced).length, 1)
    const [second] = (await mine(100)).filter(({ userId }) => userId === 'ada')
    assert.ok(['x', 'y', 'z'].includes(String(second?.value)))
    assert.deepEqual(
      (await storage.settings.list(a, null)).map(({ value }) => value),
      ['sealed 1b', 'open'],
    )
  },
}
