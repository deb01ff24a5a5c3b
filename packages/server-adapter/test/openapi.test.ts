import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { OPERATIONS } from '../src/http/operations'
import { createInstalledWorld, createManifest } from './support/create-world'
import { createAnswerCheck, createDocument, type OpenApiDocument, operationsOf } from './support/open-api'

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(await createDocument<Record<string, unknown>>())
  expect(errors ?? []).toEqual([])
  expect({ valid, version: validator.version }).toEqual({ valid: true, version: '3.1' })
})

test('a document that is not valid is found', async () => {
  const document = await createDocument<{ paths: Record<string, unknown> }>()
  document.paths['/me'] = { get: { responses: { 200: { content: {} } } } }
  expect((await new Validator().validate(document as never)).valid).toBe(false)
})

test('every operation has a name, what it takes, what it answers and a problem', async () => {
  const operations = operationsOf(await createDocument<OpenApiDocument>())
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(OPERATIONS).sort())
  for (const { method, path, operationId, summary, parameters = [], requestBody, responses } of operations) {
    expect(summary, operationId).toMatch(/\.$|: \w+\.$/)
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(named)
    if (['post', 'put', 'patch'].includes(method)) expect(requestBody?.required, operationId).toBe(true)
    const statuses = Object.keys(responses)
    expect(statuses).toContain('default')
    expect(
      statuses.some((status) => /^20[01]$/.test(status)),
      operationId,
    ).toBe(true)
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const type = status === 'default' ? 'application/problem+json' : 'application/json'
      expect(content[type]?.schema, `${operationId} ${status}`).toBeDefined()
    }
    expect(responses.default?.content?.['application/problem+json']?.schema).toEqual({
      $ref: '#/components/schemas/Problem',
    })
  }
})

test('every answer of a life of an app is what the document says', async () => {
  const world = await createInstalledWorld({ checkAnswer: createAnswerCheck(await createDocument()) })
  const second = await world.publish(world.key, createManifest('1.1.0'))
  const { id } = world.installation
  await world.call('max', id, '["Grace"]')
  await world.call('max', id, 'nonsense')
  for (const [who, line, body] of [
    ['ada', 'GET /me'],
    ['ada', 'GET /catalog/apps'],
    ['ada', 'GET /catalog/apps/order-lookup'],
    ['ada', 'GET /extensions'],
    ['ada', 'GET /installations'],
    ['ada', `POST /installations/${id}/upgrade`, { deploymentId: second.id, ...world.consent }],
    ['ada', `POST /installations/${id}/rollback`, {}],
    ['ada', `POST /installations/${id}/channel`, { channel: 'stable' }],
    ['ada', `GET /installations/${id}/events`],
    ['ada', `GET /installations/${id}/settings/organization`],
    ['ada', `GET /installations/${id}/logs`],
    ['ada', `POST /installations/${id}/uninstall`, {}],
    ['dev', 'GET /developer/accounts'],
    ['dev', `GET /developer/accounts/${world.account.id}/api-keys`],
    ['dev', `GET /developer/accounts/${world.account.id}/members`],
    ['dev', `GET /developer/accounts/${world.account.id}/invitations`],
    ['dev', 'GET /developer/keys'],
    ['dev', 'GET /developer/apps'],
    ['dev', 'GET /developer/apps/order-lookup'],
    ['dev', 'GET /developer/apps/order-lookup/deployments'],
    ['dev', `GET /developer/deployments/${second.id}/checks`],
    ['dev', `POST /developer/deployments/${second.id}/deprecate`, {}],
    ['rex', 'GET /review/deployments'],
  ] as const)
    await world.must(200, who, line, { body })
  expect(world.checked()).toBeGreaterThan(30)
})
