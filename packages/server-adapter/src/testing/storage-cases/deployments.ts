import assert from 'node:assert/strict'
import { DEPLOYMENT_MOVES, type DeploymentMove, type Storage } from '../../storage'
import { allPages, makeApp, makeDeployment, publish, race, refuses, type StorageCases } from '../storage-case'
import { at, newId, PUBLISH_MOVES, sampleBundle, sampleDeployment } from '../storage-fixtures'

const STATUSES = Object.keys(DEPLOYMENT_MOVES.production) as DeploymentMove['to'][]
const SUBMIT: DeploymentMove = { to: 'pending-review', from: ['active', 'rejected', 'withdrawn'] }

/** A move with whatever its target needs. */
const moveTo = (to: DeploymentMove['to'], from: DeploymentMove['from']): DeploymentMove => ({
  to,
  from,
  rejectionReason: 'It shows nothing.',
  publishedAt: at(),
})

const statusOf = async (storage: Storage, id: string) => (await storage.deployments.get(id))?.status

const publishPart = async (
  storage: Storage,
  appId: string,
  version: string,
  rolloutPercent: number,
  since = at(20),
) => {
  const { id } = await makeDeployment(storage, appId, { version })
  for (const move of PUBLISH_MOVES)
    await storage.deployments.move(id, move.to === 'published' ? { ...move, publishedAt: since, rolloutPercent } : move)
  return id
}

const raise = (percent: number, resume = false) => ({ percent, resume, at: at(900) })
const halt = { code: 'ERROR_BUDGET_EXCEEDED', at: at(800) } as const

export const deploymentCases: StorageCases = {
  'a version in a rollout is offered when it reaches everybody, and before when there is no other': async (storage) => {
    const app = await makeApp(storage)
    const offered = async () => (await storage.deployments.latestPublished(app.id))?.id
    const catalogued = async () => (await storage.apps.catalogEntry(newId(), app.slug))?.deployment.id
    const first = await publishPart(storage, app.id, '1.0.0', 5)
    assert.deepEqual([await offered(), await catalogued()], [first, first])
    assert.equal((await storage.deployments.raiseRollout(first, raise(100)))?.rolloutPercent, 100)
    assert.equal(await storage.deployments.rolling(app.id), null)
    const second = await publishPart(storage, app.id, '1.1.0', 10, at(30))
    assert.deepEqual([await offered(), await catalogued()], [first, first])
    const rolling = await storage.deployments.rolling(app.id)
    assert.deepEqual([rolling?.id, rolling?.rolloutPercent, rolling?.rolloutSince], [second, 10, at(30)])
    await storage.deployments.raiseRollout(second, raise(100))
    assert.deepEqual([await offered(), await catalogued()], [second, second])
  },

  'a rollout is raised and never lowered': async (storage) => {
    const app = await makeApp(storage)
    const id = await publishPart(storage, app.id, '1.0.0', 10)
    assert.equal(await storage.deployments.raiseRollout(id, raise(9)), null)
    assert.deepEqual(await storage.deployments.raiseRollout(id, raise(25)), await storage.deployments.get(id))
    assert.deepEqual((await storage.deployments.get(id))?.rolloutSince, at(20))
    assert.equal(await storage.deployments.raiseRollout(newId(), raise(50)), null)
    const active = await makeDeployment(storage, app.id, { version: '2.0.0' })
    assert.equal(await storage.deployments.raiseRollout(active.id, raise(100)), null)
  },

  'a halted rollout is offered to nobody until it is resumed': async (storage) => {
    const app = await makeApp(storage)
    const id = await publishPart(storage, app.id, '1.0.0', 10)
    const halted = await storage.deployments.haltRollout(id, halt)
    assert.deepEqual([halted?.rolloutHaltCode, halted?.rolloutHaltedAt], ['ERROR_BUDGET_EXCEEDED', at(800)])
    assert.deepEqual(await storage.deployments.get(id), halted)
    assert.equal(await storage.deployments.haltRollout(id, halt), null)
    assert.equal(await storage.deployments.latestPublished(app.id), null)
    assert.equal(await storage.deployments.rolling(app.id), null)
    assert.equal(await storage.apps.catalogEntry(newId(), app.slug), null)
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'draft')
    assert.deepEqual((await storage.deployments.listPublished(app.id, { limit: 9 })).items, [])
    assert.equal(await storage.deployments.raiseRollout(id, raise(50)), null)
    const resumed = await storage.deployments.raiseRollout(id, raise(10, true))
    assert.deepEqual([resumed?.rolloutHaltCode, resumed?.rolloutHaltedAt, resumed?.rolloutSince], [null, null, at(900)])
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'published')
  },

  'what reaches everybody, or was never published, is not halted': async (storage) => {
    const app = await makeApp(storage)
    const full = await publishPart(storage, app.id, '1.0.0', 100)
    assert.equal(await storage.deployments.haltRollout(full, halt), null)
    assert.equal(
      await storage.deployments.haltRollout((await makeDeployment(storage, app.id, { version: '2.0.0' })).id, halt),
      null,
    )
    assert.equal(await storage.deployments.haltRollout(newId(), halt), null)
  },

  'one version of an app is rolled out at a time': async (storage) => {
    const app = await makeApp(storage)
    const first = await publishPart(storage, app.id, '1.0.0', 10)
    await refuses('CONFLICT', publishPart(storage, app.id, '1.1.0', 20))
    await publishPart(storage, app.id, '1.2.0', 100)
    await storage.deployments.haltRollout(first, halt)
    await publishPart(storage, app.id, '1.3.0', 20)
    await refuses('CONFLICT', storage.deployments.raiseRollout(first, raise(30, true)))
    assert.equal((await storage.deployments.raiseRollout(first, raise(100, true)))?.rolloutPercent, 100)
    await publishPart(storage, (await makeApp(storage)).id, '1.0.0', 1)
  },

  'the published versions are read page by page, the one published last first': async (storage) => {
    const app = await makeApp(storage)
    const ids = []
    for (const [version, offset] of [
      ['1.0.0', 40],
      ['1.1.0', 20],
      ['1.2.0', 40],
    ] as const)
      ids.push(await publishPart(storage, app.id, version, 100, at(offset)))
    await makeDeployment(storage, app.id, { version: '9.0.0' })
    const [first, second, third] = ids
    for (const limit of [1, 2, 50]) {
      const read = await allPages((cursor) => storage.deployments.listPublished(app.id, { limit, cursor }))
      assert.deepEqual(
        read.map(({ id }) => id),
        [third, first, second],
      )
    }
  },

  'a deployment comes back as it was written, its manifest in the same order': async (storage) => {
    const app = await makeApp(storage)
    const deployment = await makeDeployment(storage, app.id, { version: '1.2.3-beta.1' })
    const read = await storage.deployments.get(deployment.id)
    assert.deepEqual(read, deployment)
    assert.equal(JSON.stringify(read?.manifest), JSON.stringify(deployment.manifest))
    assert.equal(await storage.deployments.get(newId()), null)
    assert.equal((await storage.apps.get(app.id))?.hasBundle, true)
  },

  'a version of an app is deployed to production once, also by two at once; to development as often as you like':
    async (storage) => {
      const app = await makeApp(storage)
      const { won, conflicts } = await race([1, 2, 3].map(() => makeDeployment(storage, app.id, { version: '1.0.0' })))
      assert.deepEqual([won.length, conflicts], [1, 2])
      const development = { deploymentType: 'development', targetOrganizationId: newId(), version: '1.0.0' } as const
      await makeDeployment(storage, app.id, development)
      await makeDeployment(storage, app.id, development)
      assert.equal((await storage.deployments.list(app.id, { limit: 100 })).items.length, 3)
      await makeDeployment(storage, (await makeApp(storage)).id, { version: '1.0.0' })
    },

  'a deployment takes only bundles of its own app and of the right type, and at least one': async (storage) => {
    const [app, other] = [await makeApp(storage), await makeApp(storage)]
    const content = new TextEncoder().encode(newId())
    const foreign = await storage.bundles.put(sampleBundle(other.id, content), content)
    const server = await storage.bundles.put(sampleBundle(app.id, content, 'server'), content)
    for (const bad of [
      sampleDeployment(app.id, foreign.id),
      sampleDeployment(app.id, server.id),
      sampleDeployment(app.id, newId()),
      sampleDeployment(app.id, foreign.id, { clientBundleId: null }),
      sampleDeployment(newId(), foreign.id),
      sampleDeployment(app.id, server.id, { clientBundleId: null, serverBundleId: server.id, status: 'published' }),
      sampleDeployment(app.id, server.id, {
        clientBundleId: null,
        serverBundleId: server.id,
        targetOrganizationId: 'x',
      }),
    ]) {
      await refuses('CONFLICT', storage.deployments.create(bad))
    }
    assert.deepEqual((await storage.deployments.list(app.id, { limit: 100 })).items, [])
  },

  'deployments are listed with the newest first': async (storage) => {
    const app = await makeApp(storage)
    const made = []
    // The last two in the same millisecond: the order in which they were added decides.
    for (const [index, offset] of [0, 500, 700, 700].entries())
      made.push(await makeDeployment(storage, app.id, { version: `1.0.${index}`, createdAt: at(offset) }))
    assert.deepEqual((await storage.deployments.list(app.id, { limit: 100 })).items, made.reverse())
  },

  'a move writes the status and what the app derives from it': async (storage) => {
    const app = await makeApp(storage)
    const { id } = await makeDeployment(storage, app.id)
    for (const move of PUBLISH_MOVES) {
      assert.equal((await storage.deployments.move(id, move))?.status, move.to)
      const after = await storage.apps.get(app.id)
      assert.equal(after?.reviewStatus, move.to)
      assert.equal(after?.publicationStatus, move.to === 'published' ? 'published' : 'draft')
    }
    const published = await storage.deployments.get(id)
    assert.deepEqual([published?.reviewedBy, published?.reviewedAt, published?.publishedAt], ['rev', at(10), at(20)])
    await storage.deployments.move(id, { to: 'deprecated', from: ['published'] })
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'draft')
    await storage.deployments.move(id, { to: 'published', from: ['deprecated'] })
    assert.equal((await storage.apps.get(app.id))?.publicationStatus, 'published')
    assert.deepEqual((await storage.deployments.get(id))?.publishedAt, at(20))
  },

  'a development deployment changes nothing of the review or publication of its app': async (storage) => {
    const app = await makeApp(storage)
    const { id } = await makeDeployment(storage, app.id, {
      deploymentType: 'development',
      targetOrganizationId: newId(),
    })
    await storage.deployments.move(id, { to: 'deprecated', from: ['active'] })
    const after = await storage.apps.get(app.id)
    assert.deepEqual([after?.publicationStatus, after?.reviewStatus], ['draft', null])
  },

  'a move from a status that was not named does not happen': async (storage) => {
    const { id } = await makeDeployment(storage, (await makeApp(storage)).id)
    assert.equal(await storage.deployments.move(id, { to: 'in-review', from: ['pending-review'] }), null)
    assert.equal(await statusOf(storage, id), 'active')
    assert.equal(await storage.deployments.move(newId(), { to: 'pending-review', from: ['active'] }), null)
  },

  'a move that is not in the table of moves is refused from every status': async (storage) => {
    const ways: Readonly<Partial<Record<DeploymentMove['to'], readonly DeploymentMove['to'][]>>> = {
      active: [],
      'pending-review': ['pending-review'],
      'in-review': ['pending-review', 'in-review'],
      approved: ['pending-review', 'approved'],
      rejected: ['pending-review', 'in-review', 'rejected'],
      withdrawn: ['pending-review', 'withdrawn'],
      published: ['pending-review', 'approved', 'published'],
      deprecated: ['pending-review', 'approved', 'published', 'deprecated'],
    }
    for (const from of STATUSES) {
      const { id } = await makeDeployment(storage, (await makeApp(storage)).id)
      for (const step of ways[from] ?? []) await storage.deployments.move(id, moveTo(step, STATUSES))
      assert.equal(await statusOf(storage, id), from)
      for (const to of STATUSES) {
        if (to === from || DEPLOYMENT_MOVES.production[from]?.includes(to)) continue
        await refuses('CONFLICT', storage.deployments.move(id, moveTo(to, [from])))
        assert.equal(await statusOf(storage, id), from)
      }
    }
    const development = await makeDeployment(storage, (await makeApp(storage)).id, { deploymentType: 'development' })
    await refuses('CONFLICT', storage.deployments.move(development.id, moveTo('published', ['active'])))
    await refuses('CONFLICT', storage.deployments.move(development.id, moveTo('pending-review', ['active'])))
  },

  'a rejection carries a reason, which stays until it is cleared': async (storage) => {
    const { id } = await makeDeployment(storage, (await makeApp(storage)).id)
    await storage.deployments.move(id, SUBMIT)
    await storage.deployments.move(id, { to: 'in-review', from: ['pending-review'] })
    const reject: DeploymentMove = { to: 'rejected', from: ['in-review'] }
    await refuses('CONFLICT', storage.deployments.move(id, { ...reject, rejectionReason: 'short' }))
    await refuses('CONFLICT', storage.deployments.move(id, reject))
    const reason = 'The overview is empty.'
    assert.equal((await storage.deployments.move(id, { ...reject, rejectionReason: reason }))?.rejectionReason, reason)
    assert.equal((await storage.deployments.move(id, SUBMIT))?.rejectionReason, reason)
    await storage.deployments.move(id, { to: 'withdrawn', from: ['pending-review'], rejectionReason: null })
    assert.equal((await storage.deployments.get(id))?.rejectionReason, null)
  },

  'one deployment of an app is under review at a time, also when two are submitted at once': async (storage) => {
    const app = await makeApp(storage)
    const ids = []
    for (const version of ['1.0.0', '2.0.0', '3.0.0']) ids.push((await makeDeployment(storage, app.id, { version })).id)
    const { won, conflicts } = await race(ids.map((id) => storage.deployments.move(id, SUBMIT)))
    assert.deepEqual([won.length, conflicts], [1, 2])
    const winner = won[0]?.id ?? ''
    await storage.deployments.move(winner, { to: 'in-review', from: ['pending-review'] })
    const other = ids.find((id) => id !== winner) ?? ''
    await refuses('CONFLICT', storage.deployments.move(other, SUBMIT))
    assert.equal(await statusOf(storage, other), 'active')
    await storage.deployments.move(winner, { to: 'approved', from: ['in-review'] })
    assert.equal((await storage.deployments.move(other, SUBMIT))?.status, 'pending-review')
    // Of another app, at the same time.
    const elsewhere = await makeDeployment(storage, (await makeApp(storage)).id)
    assert.equal((await storage.deployments.move(elsewhere.id, SUBMIT))?.status, 'pending-review')
  },

  'of several who make the same move at once, one does': async (storage) => {
    const { id } = await makeDeployment(storage, (await makeApp(storage)).id)
    for (const move of PUBLISH_MOVES.slice(0, 3)) await storage.deployments.move(id, move)
    const moves = [1, 2, 3, 4].map((index) =>
      storage.deployments.move(id, { to: 'published', from: ['approved'], publishedAt: at(index) }),
    )
    const moved = (await Promise.all(moves)).filter((deployment) => deployment !== null)
    assert.equal(moved.length, 1)
    assert.deepEqual(await storage.deployments.get(id), moved[0])
  },

  'the latest published deployment is the one that was published last': async (storage) => {
    const app = await makeApp(storage)
    assert.equal(await storage.deployments.latestPublished(app.id), null)
    const second = await makeDeployment(storage, app.id, { version: '2.0.0', createdAt: at(1) })
    const first = await makeDeployment(storage, app.id, { version: '1.0.0', createdAt: at(2) })
    await publish(storage, first.id, at(100))
    await publish(storage, second.id, at(200))
    assert.equal((await storage.deployments.latestPublished(app.id))?.id, second.id)
    await storage.deployments.move(second.id, { to: 'deprecated', from: ['published'] })
    assert.equal((await storage.deployments.latestPublished(app.id))?.id, first.id)
  },

  'the review queue begins with the one that waits longest; who comes again waits at its end': async (storage) => {
    const ids: string[] = []
    for (let count = 0; count < 4; count++) {
      const { id } = await makeDeployment(storage, (await makeApp(storage)).id)
      await storage.deployments.move(id, SUBMIT)
      ids.push(id)
    }
    const [first = '', second = '', third = '', fourth = ''] = ids
    await storage.deployments.move(first, { to: 'withdrawn', from: ['pending-review'] })
    await storage.deployments.move(first, SUBMIT)
    await storage.deployments.move(second, { to: 'in-review', from: ['pending-review'] })
    await storage.deployments.move(third, { to: 'withdrawn', from: ['pending-review'] })
    // Others may have deployments in this queue.
    const queue = await allPages((cursor) => storage.deployments.listForReview({ limit: 2, cursor }))
    assert.deepEqual(
      queue.map(({ id }) => id).filter((id) => ids.includes(id)),
      [second, fourth, first],
    )
  },
}
