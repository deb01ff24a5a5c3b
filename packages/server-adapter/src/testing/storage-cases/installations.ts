import assert from 'node:assert/strict'
import { type InstallationRecord, isInRollout, type SettingWrite } from '../../storage'
import { allPages, makeApp, makeDeployment, makeInstallation, race, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleChange, sampleInstallation } from '../storage-fixtures'

const write = (key: string, value: SettingWrite['value'], secret = false): SettingWrite => ({ key, value, secret })

export const installationCases: StorageCases = {
  'the installations of several apps are found at once, of one organization alone': async (storage) => {
    const organizationId = newId()
    const first = await makeInstallation(storage, organizationId)
    const second = await makeInstallation(storage, organizationId)
    const third = await makeInstallation(storage, organizationId)
    const foreign = await makeInstallation(storage)
    const find = async (...installations: readonly { readonly appId: string }[]) => {
      const appIds = [newId(), ...installations.map(({ appId }) => appId)]
      const found = await storage.installations.findByApps(organizationId, appIds)
      return found.map(({ id }) => id).sort()
    }
    const ids = [first.installation.id, second.installation.id].sort()
    assert.deepEqual(await find(first.installation, second.installation, foreign.installation), ids)
    assert.deepEqual(await storage.installations.findByApps(organizationId, [third.installation.appId]), [
      third.installation,
    ])
    assert.deepEqual(await find(), [])
  },

  'an installation is created with its first event': async (storage) => {
    const [organizationId, eventId] = [newId(), newId()]
    const deployment = await makeDeployment(storage, (await makeApp(storage)).id)
    const installation = sampleInstallation(deployment, organizationId)
    assert.deepEqual(await storage.installations.create(installation, eventId), installation)
    assert.deepEqual(await storage.installations.get(organizationId, installation.id), installation)
    assert.deepEqual(await storage.installations.getForFrame(installation.id), installation)
    assert.deepEqual(await storage.installations.findByApp(organizationId, installation.appId), installation)
    assert.deepEqual((await storage.installations.listActive(organizationId, { limit: 100 })).items, [installation])
    assert.deepEqual((await storage.installations.events(organizationId, installation.id, { limit: 100 })).items, [
      {
        id: eventId,
        installationId: installation.id,
        type: 'installed',
        fromDeploymentId: null,
        toDeploymentId: deployment.id,
        grantedScopes: installation.grantedScopes,
        grantedEgress: installation.grantedEgress,
        actorId: 'grace',
        createdAt: at(),
      },
    ])
  },

  'another organization neither sees nor changes an installation': async (storage) => {
    const { app, first, second, installation } = await makeInstallation(storage)
    const attacker = newId()
    assert.equal(await storage.installations.get(attacker, installation.id), null)
    assert.equal(await storage.installations.findByApp(attacker, app.id), null)
    assert.deepEqual((await storage.installations.listActive(attacker, { limit: 100 })).items, [])
    assert.deepEqual((await storage.installations.events(attacker, installation.id, { limit: 100 })).items, [])
    const change = sampleChange('upgraded', second.id)
    assert.equal(await storage.installations.change(attacker, installation.id, first.id, change), null)
    assert.deepEqual(await storage.installations.getForFrame(installation.id), installation)
    assert.equal(
      (await storage.installations.events(installation.organizationId, installation.id, { limit: 100 })).items.length,
      1,
    )
  },

  'an app is installed once in an organization, also by two at once, and in another one besides': async (storage) => {
    const organizationId = newId()
    const deployment = await makeDeployment(storage, (await makeApp(storage)).id)
    const { won, conflicts } = await race(
      [1, 2, 3, 4].map(() => storage.installations.create(sampleInstallation(deployment, organizationId), newId())),
    )
    assert.deepEqual([won.length, conflicts], [1, 3])
    assert.deepEqual((await storage.installations.listActive(organizationId, { limit: 100 })).items, won)
    assert.equal((await storage.installations.events(organizationId, won[0]?.id ?? '', { limit: 100 })).items.length, 1)
    await storage.installations.create(sampleInstallation(deployment, newId()), newId())
  },

  'an installation runs only deployments of its own app': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const foreign = await makeDeployment(storage, (await makeApp(storage)).id)
    const { organizationId, id } = installation
    await refuses(
      'CONFLICT',
      storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', foreign.id)),
    )
    await refuses(
      'CONFLICT',
      storage.installations.create(sampleInstallation({ ...foreign, appId: installation.appId }, newId()), newId()),
    )
    assert.deepEqual(await storage.installations.get(organizationId, id), installation)
    assert.equal((await storage.installations.events(organizationId, id, { limit: 100 })).items.length, 1)
  },

  'a change moves the deployment and the grants, and is recorded': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    const change = sampleChange('upgraded', second.id)
    const changed = {
      ...installation,
      currentDeploymentId: second.id,
      grantedScopes: change.grantedScopes,
      grantedEgress: change.grantedEgress,
    }
    assert.deepEqual(await storage.installations.change(organizationId, id, first.id, change), changed)
    assert.deepEqual(await storage.installations.get(organizationId, id), changed)
    const [event] = (await storage.installations.events(organizationId, id, { limit: 100 })).items
    assert.deepEqual(event, {
      id: change.eventId,
      installationId: id,
      type: 'upgraded',
      fromDeploymentId: first.id,
      toDeploymentId: second.id,
      grantedScopes: change.grantedScopes,
      grantedEgress: [],
      actorId: 'linus',
      createdAt: at(1000),
    })
  },

  'a change that expected another deployment does not happen; of several at once, one does': async (storage) => {
    const { app, first, second, installation } = await makeInstallation(storage)
    const third = await makeDeployment(storage, app.id, { version: '3.0.0' })
    const { organizationId, id } = installation
    const late = sampleChange('upgraded', third.id)
    assert.equal(await storage.installations.change(organizationId, id, second.id, late), null)
    const outcomes = await Promise.all(
      [second, third, second, third].map((deployment) =>
        storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', deployment.id)),
      ),
    )
    const won = outcomes.filter((outcome) => outcome !== null)
    assert.equal(won.length, 1)
    assert.deepEqual(await storage.installations.get(organizationId, id), won[0])
    assert.equal((await storage.installations.events(organizationId, id, { limit: 100 })).items.length, 2)
  },

  'an uninstalled app keeps its row, settings and history, and only a reinstall brings it back': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id, appId } = installation
    await storage.settings.write(id, null, first.id, [write('api.url', 'https://x.example')])
    const change = (type: 'upgraded' | 'uninstalled' | 'reinstalled', deploymentId: string) =>
      storage.installations.change(organizationId, id, first.id, sampleChange(type, deploymentId))

    assert.equal(await change('reinstalled', first.id), null)
    assert.deepEqual((await change('uninstalled', first.id))?.uninstalledAt, at(1000))
    assert.deepEqual((await storage.installations.listActive(organizationId, { limit: 100 })).items, [])
    assert.deepEqual((await storage.installations.findByApp(organizationId, appId))?.uninstalledAt, at(1000))
    assert.equal(await change('upgraded', second.id), null)
    assert.equal(await change('uninstalled', first.id), null)

    assert.equal((await change('reinstalled', second.id))?.uninstalledAt, null)
    assert.deepEqual(
      (await storage.installations.listActive(organizationId, { limit: 100 })).items.map(
        (row) => row.currentDeploymentId,
      ),
      [second.id],
    )
    assert.equal((await storage.settings.list(id, null)).length, 1)
    const events = (await storage.installations.events(organizationId, id, { limit: 100 })).items
    assert.deepEqual(
      events.map(({ type, fromDeploymentId, toDeploymentId }) => [type, fromDeploymentId, toDeploymentId]),
      [
        ['reinstalled', null, second.id],
        ['uninstalled', first.id, null],
        ['installed', null, first.id],
      ],
    )
  },

  'stable installations that were granted enough roll forward together, and nobody else': async (storage) => {
    const app = await makeApp(storage)
    const first = await makeDeployment(storage, app.id)
    const other = await makeDeployment(storage, app.id, { version: '1.5.0' })
    const second = await makeDeployment(storage, app.id, { version: '2.0.0' })
    const make = (change: Partial<InstallationRecord> = {}, deployment = first) =>
      storage.installations.create(sampleInstallation(deployment, newId(), change), newId())
    const behind = [await make(), await make(), await make({ grantedScopes: ['tickets:read', 'tickets:write'] })]
    const gone = await make()
    await storage.installations.change(gone.organizationId, gone.id, first.id, {
      ...sampleChange('uninstalled', first.id),
      grantedScopes: gone.grantedScopes,
      grantedEgress: gone.grantedEgress,
    })
    const foreign = await makeInstallation(storage)
    const stay = [
      await make({ channel: 'pinned' }),
      await make({ channel: 'development' }),
      await make({ grantedScopes: [] }),
      await make({ grantedEgress: [] }),
      await make({}, other),
      await make({}, second),
      foreign.installation,
    ]
    const roll = (size: number) => ({
      appId: app.id,
      deploymentId: second.id,
      fromDeploymentIds: [first.id, second.id, foreign.first.id],
      scopes: ['tickets:read'],
      egress: ['api.example.com'],
      percent: 100,
      actorId: 'souk',
      at: at(500),
      eventIds: Array.from({ length: size }, newId),
    })
    const moved = [
      ...(await storage.installations.rollForward(roll(2))),
      ...(await storage.installations.rollForward(roll(2))),
    ]
    assert.deepEqual(await storage.installations.rollForward(roll(2)), [])
    const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)
    assert.deepEqual(
      [...moved].sort(byId),
      behind.map((row) => ({ ...row, currentDeploymentId: second.id, grantedScopes: ['tickets:read'] })).sort(byId),
    )
    for (const row of moved) {
      assert.deepEqual(await storage.installations.getForFrame(row.id), row)
      const [event] = (await storage.installations.events(row.organizationId, row.id, { limit: 1 })).items
      assert.deepEqual(
        { ...event, id: '' },
        {
          id: '',
          installationId: row.id,
          type: 'rolled-forward',
          fromDeploymentId: first.id,
          toDeploymentId: second.id,
          grantedScopes: ['tickets:read'],
          grantedEgress: ['api.example.com'],
          actorId: 'souk',
          createdAt: at(500),
        },
      )
    }
    for (const row of stay) assert.deepEqual(await storage.installations.getForFrame(row.id), row)
    assert.equal((await storage.installations.getForFrame(gone.id))?.currentDeploymentId, first.id)
  },

  'several rolls forward at once move each installation once': async (storage) => {
    const { app, first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    const roll = () =>
      storage.installations.rollForward({
        appId: app.id,
        deploymentId: second.id,
        fromDeploymentIds: [first.id],
        scopes: [],
        egress: [],
        percent: 100,
        actorId: 'souk',
        at: at(500),
        eventIds: [newId(), newId()],
      })
    const rolls = await Promise.all([roll(), roll(), roll(), roll()])
    assert.equal(rolls.flat().length, 1)
    assert.equal((await storage.installations.events(organizationId, id, { limit: 9 })).items.length, 2)
  },

  'a rollout reaches those that the two ids choose, and a higher percentage only more': async (storage) => {
    const app = await makeApp(storage)
    const first = await makeDeployment(storage, app.id)
    const second = await makeDeployment(storage, app.id, { version: '2.0.0' })
    const made: InstallationRecord[] = []
    for (let count = 0; count < 40; count++)
      made.push(await storage.installations.create(sampleInstallation(first, newId()), newId()))
    for (const percent of [1, 30, 30, 75, 100]) {
      await storage.installations.rollForward({
        appId: app.id,
        deploymentId: second.id,
        fromDeploymentIds: [first.id],
        scopes: [],
        egress: [],
        percent,
        actorId: 'souk',
        at: at(500),
        eventIds: made.map(newId),
      })
      const reached = await allPages((cursor) => storage.installations.listStableAt(second.id, { limit: 7, cursor }))
      assert.deepEqual(
        reached.map(({ id }) => id),
        made.filter(({ id }) => isInRollout(id, second.id, percent)).map(({ id }) => id),
      )
      assert.equal(await storage.installations.countStableAt(second.id), reached.length)
    }
  },

  'only the active installations in the channel stable are counted at a deployment': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    assert.equal(await storage.installations.countStableAt(first.id), 1)
    const pinned = { ...sampleChange('channel-changed', first.id), channel: 'pinned' as const }
    await storage.installations.change(organizationId, id, first.id, pinned)
    assert.equal(await storage.installations.countStableAt(first.id), 0)
    await storage.installations.change(organizationId, id, first.id, sampleChange('channel-changed', first.id))
    await storage.installations.change(organizationId, id, first.id, sampleChange('uninstalled', first.id))
    assert.equal(await storage.installations.countStableAt(first.id), 0)
    assert.deepEqual((await storage.installations.listStableAt(first.id, { limit: 9 })).items, [])
  },

  'an app counts the organizations that have it now': async (storage) => {
    const { app, first, installation } = await makeInstallation(storage)
    const count = async () => (await storage.apps.get(app.id))?.installCount
    assert.equal(await count(), 1)
    await storage.installations.create(sampleInstallation(first, newId()), newId())
    assert.equal(await count(), 2)
    const change = (type: 'uninstalled' | 'reinstalled' | 'channel-changed') =>
      storage.installations.change(installation.organizationId, installation.id, first.id, sampleChange(type, first.id))
    await change('uninstalled')
    assert.equal(await count(), 1)
    await change('reinstalled')
    await change('channel-changed')
    assert.equal(await count(), 2)
  },

  'a rollback finds every setting as the older deployment left it, those of users too': async (storage) => {
    const { app, first, second, installation } = await makeInstallation(storage)
    const third = await makeDeployment(storage, app.id, { version: '3.0.0' })
    const { organizationId, id } = installation
    const move = (type: 'upgraded' | 'rolled-back', from: { id: string }, to: { id: string }) =>
      storage.installations.change(organizationId, id, from.id, sampleChange(type, to.id))
    const read = async () => [...(await storage.settings.list(id, null)), ...(await storage.settings.list(id, 'ada'))]
    await storage.settings.write(id, null, first.id, [write('a', 1), write('gone', 'here'), write('s', 'sealed', true)])
    await storage.settings.write(id, 'ada', first.id, [write('a', 'mine')])
    const atFirst = await read()

    await move('upgraded', first, second)
    assert.deepEqual(await read(), atFirst)
    await storage.settings.write(id, null, second.id, [write('a', 2), write('gone', null), write('new', true)])
    await storage.settings.write(id, null, second.id, [write('a', 22), write('s', 'other', true), write('new', false)])
    await storage.settings.write(id, 'ada', second.id, [write('a', 'changed')])
    const atSecond = await read()

    await move('upgraded', second, third)
    await storage.settings.write(id, null, third.id, [write('a', 3), write('gone', 'back')])
    await move('rolled-back', third, second)
    assert.deepEqual(await read(), atSecond)
    await move('rolled-back', second, first)
    assert.deepEqual(await read(), atFirst)

    await move('upgraded', first, second)
    assert.deepEqual(await read(), atFirst)
    await storage.settings.write(id, null, second.id, [write('a', 5)])
    await move('rolled-back', second, first)
    assert.deepEqual(await read(), atFirst)
  },

  'the settings of another installation do not take part in a rollback': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const other = await storage.installations.create(sampleInstallation(first, newId()), newId())
    for (const { organizationId, id } of [installation, other]) {
      await storage.settings.write(id, null, first.id, [write('k', 'old')])
      await storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', second.id))
      await storage.settings.write(id, null, second.id, [write('k', 'new')])
    }
    const back = sampleChange('rolled-back', first.id)
    await storage.installations.change(installation.organizationId, installation.id, second.id, back)
    assert.equal((await storage.settings.list(installation.id, null))[0]?.value, 'old')
    assert.equal((await storage.settings.list(other.id, null))[0]?.value, 'new')
  },

  'settings are written for the deployment the installation is at, and for no other': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    await refuses('CONFLICT', storage.settings.write(installation.id, null, second.id, [write('k', 1)]))
    const { organizationId, id } = installation
    await storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', second.id))
    await refuses('CONFLICT', storage.settings.write(id, null, first.id, [write('k', 1)]))
    assert.deepEqual(await storage.settings.list(id, null), [])
  },

  'secrets that are kept for a rollback take part in a rotation of keys': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    await storage.settings.write(id, null, first.id, [write('k', 'old seal', true)])
    await storage.installations.change(organizationId, id, first.id, sampleChange('upgraded', second.id))
    await storage.settings.write(id, null, second.id, [write('k', 'new seal', true)])
    const secrets = await allPages((cursor) => storage.settings.listSecrets({ limit: 1, cursor }))
    const kept = secrets.find(({ installationId, value }) => installationId === id && value === 'old seal')
    assert.ok(kept, 'the secret of the older deployment is listed')
    assert.equal(await storage.settings.replaceSecret(kept, 'sealed again'), true)
    assert.equal((await storage.settings.list(id, null))[0]?.value, 'new seal')
    const back = sampleChange('rolled-back', first.id)
    await storage.installations.change(organizationId, id, second.id, back)
    assert.equal((await storage.settings.list(id, null))[0]?.value, 'sealed again')
  },

  'a change of the channel is kept, and recorded': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { organizationId, id } = installation
    const change = { ...sampleChange('channel-changed', first.id), channel: 'pinned' as const }
    assert.equal((await storage.installations.change(organizationId, id, first.id, change))?.channel, 'pinned')
    assert.equal((await storage.installations.get(organizationId, id))?.channel, 'pinned')
    const [event] = (await storage.installations.events(organizationId, id, { limit: 1 })).items
    assert.deepEqual([event?.type, event?.fromDeploymentId], ['channel-changed', first.id])
  },

  'settings keep their types, are written by key and removed by null': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { id } = installation
    const row = (key: string, value: string | number | boolean, secret = false) => ({
      installationId: id,
      userId: null,
      key,
      value,
      secret,
    })
    const written = await storage.settings.write(id, null, first.id, [
      write('b', 0),
      write('a', ''),
      write('d', 'sealed', true),
      write('c', false),
      write('e', 'nul \0 and ☃'),
    ])
    const rows = [row('a', ''), row('b', 0), row('c', false), row('d', 'sealed', true), row('e', 'nul \0 and ☃')]
    assert.deepEqual(written, rows)
    assert.deepEqual(await storage.settings.list(id, null), rows)
    const rest = [row('a', 1.5), row('d', 'sealed', true), row('e', 'nul \0 and ☃')]
    const changes = [write('b', null), write('a', 'first'), write('a', 1.5), write('c', null), write('gone', null)]
    assert.deepEqual(await storage.settings.write(id, null, first.id, changes), rest)
    assert.deepEqual(await storage.settings.list(id, null), rest)
    await refuses('CONFLICT', storage.settings.write(newId(), null, first.id, [write('a', 1)]))
  },

  'settings of the organization, of each user and of each installation are apart': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const other = await makeInstallation(storage)
    await storage.settings.write(installation.id, null, first.id, [write('k', 'organization')])
    await storage.settings.write(installation.id, 'ada', first.id, [write('k', 'ada')])
    await storage.settings.write(other.installation.id, null, other.first.id, [write('k', 'other')])
    const valuesOf = async (id: string, userId: string | null) =>
      (await storage.settings.list(id, userId)).map(({ value }) => value)
    assert.deepEqual(await valuesOf(installation.id, null), ['organization'])
    assert.deepEqual(await valuesOf(installation.id, 'ada'), ['ada'])
    assert.deepEqual(await valuesOf(installation.id, 'grace'), [])
    assert.deepEqual(await valuesOf(other.installation.id, null), ['other'])
    await storage.settings.write(installation.id, 'ada', first.id, [write('k', null)])
    assert.deepEqual(await valuesOf(installation.id, null), ['organization'])
  },

  'writers of settings at the same time lose nothing': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`)
    const rounds = keys.map((key, index) =>
      // Each in another order, and all of them one key together.
      storage.settings.write(installation.id, null, first.id, [
        write(key, index),
        write('shared', index),
        write(keys[(index + 4) % 8] ?? '', (index + 4) % 8),
      ]),
    )
    await Promise.all(rounds)
    const settings = await storage.settings.list(installation.id, null)
    assert.deepEqual(
      settings.map(({ key }) => key),
      [...keys, 'shared'],
    )
    assert.deepEqual(
      settings.slice(0, 8).map(({ value }) => value),
      [0, 1, 2, 3, 4, 5, 6, 7],
    )
  },
}
