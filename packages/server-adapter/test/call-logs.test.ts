import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { ROOT_CONTEXT, type Span, type SpanOptions, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createEgressBroker } from '../src/runtime/egress/create-egress-broker'
import { DEFAULT_RUNTIME_LIMITS } from '../src/runtime/runtime-limits'
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

test('a request that leaves a function is a span inside of the one of its call, whichever event it began in', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const inside = new AsyncLocalStorage<Span>()
  const real = provider.getTracer('souk')
  // What a context manager does, of which a process may have one only.
  const tracer: Tracer = Object.assign(Object.create(real), {
    startActiveSpan(name: string, options: SpanOptions, work: (span: Span) => unknown) {
      const parent = inside.getStore()
      const span = real.startSpan(name, options, parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT)
      return inside.run(span, () => work(span))
    },
  })
  const world = await createInstalledWorld({ options: { tracer } })
  const outside = new AsyncResource('socket')
  const broker = createEgressBroker(
    { resolve: async () => [{ address: '93.184.216.34', family: 4 }] },
    DEFAULT_RUNTIME_LIMITS,
    async ({ url }) => {
      if (url.pathname === '/broken') throw new Error('my words')
      return { status: 204, statusText: '', headers: [], body: new Uint8Array() }
    },
  )
  world.functions[FUNCTION] = async ({ egress, installationId, traceId }, [path]) => {
    const request = {
      url: `https://orders.northwind.example/${path}`,
      method: 'GET',
      headers: [],
      redirect: 'follow' as const,
    }
    const caller = { installationId, traceId, policy: egress, signal: new AbortController().signal }
    await outside.runInAsyncScope(() => broker.request({ ...request, body: null }, caller))
  }
  const answers = [
    await world.call('max', world.installation.id, '["my-words"]'),
    await world.call('max', world.installation.id, '["broken"]'),
  ]
  const [fetched, first, broken, second] = exporter.getFinishedSpans()
  expect(fetched).toMatchObject({
    name: 'souk.egress',
    parentSpanContext: { spanId: first?.spanContext().spanId },
    attributes: {
      'http.request.method': 'GET',
      'server.address': 'orders.northwind.example',
      'http.response.status_code': 204,
      'souk.outcome': 'ok',
      'souk.trace.id': answers[0]?.body.traceId,
    },
  })
  expect(first).toMatchObject({ name: 'souk.function', attributes: { 'souk.outcome': 'ok', 'souk.result.bytes': 26 } })
  expect(broken).toMatchObject({
    name: 'souk.egress',
    parentSpanContext: { spanId: second?.spanContext().spanId },
    attributes: { 'souk.outcome': 'error', 'souk.error.code': 'EGRESS_FAILED' },
  })
  expect(second).toMatchObject({ attributes: { 'souk.outcome': 'error', 'souk.error.code': 'EGRESS_FAILED' } })
  for (const { duration } of [fetched, first, broken, second].flatMap((span) => span ?? []))
    expect(duration.every((part) => part >= 0)).toBe(true)
  const told = exporter.getFinishedSpans().map(({ attributes, events, status }) => ({ attributes, events, status }))
  expect(JSON.stringify(told)).not.toMatch(/my.words/)
})
