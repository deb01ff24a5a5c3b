import { expect, test } from 'vitest'
import { createManifest, createWorld } from './support/create-world'

const LINE = 'PATCH /review/apps/order-lookup'

test('a reviewer marks an app as verified, and the catalogue shows it', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  await world.publish(key, createManifest('1.0.0'))
  expect((await world.must(200, 'ada', 'GET /catalog/apps')).items).toMatchObject([{ verified: false }])
  expect(await world.must(200, 'rex', LINE, { body: { verified: true } })).toMatchObject({
    verified: true,
    autoApprove: false,
  })
  expect((await world.must(200, 'ada', 'GET /catalog/apps')).items).toMatchObject([{ verified: true }])
})

test('versions of an app that is approved without a review wait for nobody, but pass the publish checks', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  await world.must(200, 'rex', LINE, { body: { autoApprove: true } })
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const submit = `POST /developer/deployments/${id}/submit`
  await world.must(200, null, 'PATCH /developer/apps/order-lookup', { body: { category: null }, key })
  expect((await world.send(null, submit, { body: {}, key })).body.code).toBe('PUBLISH_CHECKS_FAILED')
  await world.must(200, null, 'PATCH /developer/apps/order-lookup', { body: { category: 'Commerce' }, key })
  expect(await world.must(200, null, submit, { body: {}, key })).toMatchObject({ status: 'approved' })
  expect((await world.must(200, 'rex', 'GET /review/deployments')).items).toEqual([])
  await world.must(200, null, `POST /developer/deployments/${id}/publish`, { body: {}, key })

  await world.must(200, 'rex', LINE, { body: { autoApprove: false } })
  const second = await world.deploy(key, createManifest('1.1.0'))
  expect(
    await world.must(200, null, `POST /developer/deployments/${second.id}/submit`, { body: {}, key }),
  ).toMatchObject({ status: 'pending-review' })
})

test('nobody but a reviewer says that an app is trusted, its developer least of all', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const body = { autoApprove: true, verified: true }
  for (const who of ['dev', 'ada', 'eve'] as const) expect((await world.send(who, LINE, { body })).status).toBe(403)
  expect((await world.send(null, LINE, { body, key })).status).toBe(403)
  expect((await world.send(null, LINE, { body })).status).toBe(401)
  const own = await world.send(null, 'PATCH /developer/apps/order-lookup', { body, key })
  expect(own.body.code).toBe('INVALID_INPUT')
  expect(await world.must(200, 'dev', 'GET /developer/apps/order-lookup')).toMatchObject({
    autoApprove: false,
    verified: false,
  })
  expect((await world.send('rex', 'PATCH /review/apps/nowhere', { body })).status).toBe(404)
})

test('a deployment is withdrawn, submitted again, published, deprecated and restored; each step only from its place', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const step = async (name: string, who: 'rex' | null = null) => {
    const path = who === 'rex' ? 'review' : 'developer'
    const options = who === 'rex' ? { body: {} } : { body: {}, key }
    const { body } = await world.send(who, `POST /${path}/deployments/${id}/${name}`, options)
    return body.status === 409 ? body.code : body.status
  }
  expect(await step('withdraw')).toBe('CONFLICT')
  expect(await step('submit')).toBe('pending-review')
  expect(await step('withdraw')).toBe('withdrawn')
  expect(await step('start', 'rex')).toBe('CONFLICT')
  expect(await step('submit')).toBe('pending-review')
  expect(await step('start', 'rex')).toBe('in-review')
  expect(await step('withdraw')).toBe('CONFLICT')
  expect(await step('publish')).toBe('CONFLICT')
  expect(await step('approve', 'rex')).toBe('approved')
  expect(await step('publish')).toBe('published')
  expect(await step('restore')).toBe('CONFLICT')
  expect(await step('deprecate')).toBe('deprecated')
  expect((await world.must(200, 'ada', 'GET /catalog/apps')).items).toEqual([])
  expect(await step('submit')).toBe('CONFLICT')
  expect(await step('restore')).toBe('published')
  expect((await world.must(200, 'ada', 'GET /catalog/apps')).items).toMatchObject([{ deployment: { id } }])
})
