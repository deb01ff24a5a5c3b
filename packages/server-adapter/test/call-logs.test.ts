import { SpanStatusCode } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createInstalledWorld } from './support/create-world'

const FUNCTION = 'src/orders.server.ts#findOrders'

test('an admin finds a call by the trace id that the user was shown, by outcome and by function', async () => {
  const world = await createInstalledWorld()
  const { must, call, installation } = world
  const ok = await call('max', installation.id, '["a"]')
  world.functions[FUNCTION] = () => Promise.reject(new Error('broke'))
  const failed = await call('max', installation.id, '[]')
  const find = async (query: string) =>
    (await must(200, 'ada', `GET /installations/${installation.id}/logs?${query}`)).items.map(
      ({ traceId }: { traceId: string }) => traceId,
    )
  expect(await find('')).toEqual([failed.body.traceId, ok.body.traceId])
  expect(await find(`traceId=${ok.body.traceId}`)).toEqual([ok.body.traceId])
  expect(await find('outcome=error')).toEqual([failed.body.traceId])
  expect(await find(`functionId=${encodeURIComponent(FUNCTION)}&outcome=ok`)).toEqual([ok.body.traceId])
  expect(await find('functionId=nothing')).toEqual([])
  await must(403, 'max', `GET /installations/${installation.id}/logs`)
})

test('the developer follows the calls of the app in every organization, without users, each once', async () => {
  const world = await createInstalledWorld()
  const { must, call, key, installation, first } = world
  const follow = (cursor?: string, limit = 100) =>
    must(200, null, `GET /developer/apps/order-lookup/logs?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`, { key })
  const start = await follow()
  expect(start.items).toEqual([])
  const second = await world.install('bea', first)
  await world.configure('bea', second.id, { apiUrl: 'https://orders.northwind.example', apiKey: 'nw_live_4f9c2_xx' })
  const traces = [
    (await call('max', installation.id, '["a"]')).body.traceId,
    (await call('bea', second.id, '["b"]')).body.traceId,
  ]
  const seen = new Map<string, { traceId: string; organizationId: string }>()
  let { cursor } = start
  for (let poll = 0; poll < 3; poll++) {
    const page = await follow(cursor)
    for (const item of page.items) seen.set(item.id, item)
    cursor = page.cursor
  }
  expect([...seen.values()].map(({ traceId }) => traceId)).toEqual(traces)
  expect([...seen.values()].map(({ organizationId }) => organizationId)).toEqual(['org-a', 'org-b'])
  expect(JSON.stringify([...seen.values()])).not.toContain('max')
  await must(422, null, 'GET /developer/apps/order-lookup/logs?cursor=x', { key })
})

test('calls are kept as long as the product says', async () => {
  const world = await createInstalledWorld({ options: { keepCallsDays: 1 } })
  const { storage, installation, first } = world
  const old = {
    id: 'a'.repeat(26),
    installationId: installation.id,
    deploymentId: first.id,
    organizationId: 'org-a',
    functionId: FUNCTION,
    userId: 'max',
    outcome: 'ok' as const,
    errorCode: null,
    durationMs: 1,
    logs: [],
    createdAt: new Date(Date.now() - 2 * 86_400_000),
    traceId: 'old',
    argumentBytes: 0,
    resultBytes: 0,
  }
  await storage.functionCalls.record(old)
  const { body } = await world.call('max', installation.id, '[]')
  const { items } = await world.must(200, 'ada', `GET /installations/${installation.id}/logs`)
  expect(items.map(({ traceId }: { traceId: string }) => traceId)).toEqual([body.traceId])
})

test('each call is a span, with its app and its outcome, and with nothing a person wrote', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const world = await createInstalledWorld({ options: { tracer: provider.getTracer('souk') } })
  const ok = await world.call('max', world.installation.id, '["my words"]')
  world.functions[FUNCTION] = () => Promise.reject(new Error('my words'))
  await world.call('max', world.installation.id, '[]')
  const [first, second] = exporter.getFinishedSpans()
  expect(first).toMatchObject({
    name: 'souk.function',
    attributes: { 'souk.function.id': FUNCTION, 'souk.organization.id': 'org-a', 'souk.trace.id': ok.body.traceId },
    status: { code: SpanStatusCode.UNSET },
  })
  expect(second).toMatchObject({
    attributes: { 'souk.error.code': 'FUNCTION_FAILED' },
    status: { code: SpanStatusCode.ERROR, message: 'FUNCTION_FAILED' },
  })
  const told = exporter.getFinishedSpans().map(({ attributes, events, status }) => ({ attributes, events, status }))
  expect(JSON.stringify(told)).not.toContain('my words')
})
