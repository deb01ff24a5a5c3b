import type { SettingsSchema } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { createInstalledWorld, createManifest, organizationSettings, SECRET, TOKEN } from './support/create-world'

const manifestWith = (version: string, organization: SettingsSchema) =>
  createManifest(version, { settings: { organization, user: {} } })

const { apiUrl, apiKey } = organizationSettings
const required = { ...(apiUrl ? { apiUrl } : {}), ...(apiKey ? { apiKey } : {}) }

test('a version with fewer settings leaves the others where they are, and a rollback finds them again', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  const settings = `GET /installations/${id}/settings/organization`
  await world.configure('ada', id, { region: 'us' })
  const before = await world.must(200, 'ada', settings)
  const second = await world.publish(world.key, manifestWith('1.1.0', required))
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  const during = await world.must(200, 'ada', settings)
  expect(during).toMatchObject({ values: { apiUrl: 'https://orders.northwind.example' }, secretsSet: ['apiKey'] })
  expect(during.values).not.toHaveProperty('region')
  await world.must(200, 'ada', `POST /installations/${id}/rollback`, { body: {} })
  expect(await world.must(200, 'ada', settings)).toEqual(before)
  expect((await world.call('max', id, '["x"]')).status).toBe(200)
  expect(world.calls.at(-1)?.egress.credentials).toEqual({ apiKey: SECRET })
})

test('a setting that becomes another type counts as absent there, and is what it was after a rollback', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  await world.configure('ada', id, { region: 'us' })
  const second = await world.publish(
    world.key,
    manifestWith('1.1.0', { ...required, region: { type: 'number', label: 'Region', default: 7 } }),
  )
  const settings = `GET /installations/${id}/settings/organization`
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  expect((await world.must(200, 'ada', settings)).values).toMatchObject({ region: 7 })
  await world.must(200, 'ada', `POST /installations/${id}/rollback`, { body: {} })
  expect((await world.must(200, 'ada', settings)).values).toMatchObject({ region: 'us' })
})

test('defaults of nested settings are merged, unknown keys are refused, and every error has its path', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  const second = await world.publish(
    world.key,
    manifestWith('1.1.0', {
      ...required,
      retry: {
        type: 'struct',
        label: 'Retry',
        fields: {
          times: { type: 'number', label: 'Times', default: 3, max: 5 },
          backoff: {
            type: 'struct',
            label: 'Back-off',
            fields: {
              seconds: { type: 'number', label: 'Seconds', default: 10, min: 1 },
              jitter: { type: 'boolean', label: 'Jitter', default: true },
            },
          },
        },
      },
    }),
  )
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  const saved = await world.configure('ada', id, { 'retry.backoff.seconds': 2 })
  expect(saved.values).toMatchObject({ 'retry.times': 3, 'retry.backoff.seconds': 2, 'retry.backoff.jitter': true })
  const refused = await world.send('ada', `PUT /installations/${id}/settings/organization`, {
    body: {
      values: { 'retry.times': 6, 'retry.backoff.seconds': 0, 'retry.nowhere': 1, 'retry.backoff.jitter': false },
    },
  })
  expect(refused.body).toMatchObject({
    code: 'INVALID_INPUT',
    fields: {
      'retry.times': 'At most 5.',
      'retry.backoff.seconds': 'At least 1.',
      'retry.nowhere': 'The app has no such setting.',
    },
  })
  expect((await world.must(200, 'ada', `GET /installations/${id}/settings/organization`)).values).toEqual(saved.values)
})

test('what is saved at a newer version is not there any more after a rollback, and nothing of the older one is lost', async () => {
  const world = await createInstalledWorld()
  const { id } = world.installation
  const settings = (scope: string) => world.must(200, 'ada', `GET /installations/${id}/settings/${scope}`)
  await world.configure('ada', id, { region: 'us' })
  await world.must(200, 'ada', `PUT /installations/${id}/settings/user`, { body: { values: { compact: false } } })
  const before = [await settings('organization'), await settings('user')]
  const second = await world.publish(world.key, createManifest('1.1.0'))
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  expect([await settings('organization'), await settings('user')]).toEqual(before)
  await world.configure('ada', id, { region: 'eu', apiKey: 'the-newer-secret', token: null })
  await world.must(200, 'ada', `PUT /installations/${id}/settings/user`, { body: { values: { compact: true } } })
  expect((await settings('organization')).secretsSet).toEqual(['apiKey'])
  await world.must(200, 'ada', `POST /installations/${id}/rollback`, { body: {} })
  expect([await settings('organization'), await settings('user')]).toEqual(before)
  await world.call('max', id, '["x"]')
  expect(world.calls.at(-1)?.egress.credentials).toEqual({ apiKey: SECRET })
  expect(world.calls.at(-1)?.context.settings.organization.token).toBe(TOKEN)
})
