import { expect, test } from 'vitest'
import { createManifest, createWorld } from './support/create-world'

test('a developer reads a deployment with what its bundles weigh', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const found = await world.must(200, null, `GET /developer/deployments/${id}`, { key })
  expect(found).toMatchObject({ id, version: '1.0.0', status: 'active' })
  for (const bundle of [found.bundles.client, found.bundles.server])
    expect(bundle).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), sizeBytes: expect.any(Number) })
})

test('a reviewer reads what was submitted beside what everybody is offered, before and after the decision', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const first = await world.publish(key, createManifest('1.0.0'))
  const { id } = await world.deploy(key, createManifest('1.1.0'))
  await world.must(200, null, `POST /developer/deployments/${id}/submit`, { body: {}, key })
  const submitted = await world.must(200, 'rex', `GET /review/deployments/${id}`)
  expect(submitted).toMatchObject({
    deployment: { id, version: '1.1.0', bundles: { client: { sizeBytes: expect.any(Number) } } },
    previous: { id: first.id, version: '1.0.0' },
    app: { slug: 'order-lookup' },
    checks: expect.any(Array),
  })
  await world.must(200, 'rex', `POST /review/deployments/${id}/start`, { body: {} })
  await world.must(200, 'rex', `POST /review/deployments/${id}/approve`, { body: {} })
  expect(await world.must(200, 'rex', `GET /review/deployments/${id}`)).toMatchObject({
    deployment: { status: 'approved' },
  })
})

test('what is not submitted is not there for a reviewer, and what is submitted is there for nobody else', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const { id } = await world.deploy(key, createManifest('1.0.0'))
  const line = `GET /review/deployments/${id}`
  expect((await world.send('rex', line)).status).toBe(404)
  await world.must(200, null, `POST /developer/deployments/${id}/submit`, { body: {}, key })
  for (const who of ['dev', 'ada', 'eve'] as const) expect((await world.send(who, line)).status).toBe(403)
  expect((await world.send(null, line)).status).toBe(401)
  expect((await world.send(null, line, { key })).status).toBe(403)
  expect((await world.must(200, 'rex', line)).previous).toBeNull()
  await world.must(200, null, `POST /developer/deployments/${id}/withdraw`, { body: {}, key })
  expect((await world.send('rex', line)).status).toBe(404)
})
