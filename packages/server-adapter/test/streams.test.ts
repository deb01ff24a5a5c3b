import { decodeValue } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { createInstalledWorld, ORIGIN, SECRET } from './support/create-world'

const FUNCTION = 'src/orders.server.ts#findOrders'
const LINES = 'application/json, application/x-ndjson'

const open = async (stream: () => AsyncIterable<unknown>) => {
  const world = await createInstalledWorld()
  world.functions[FUNCTION] = stream
  let keys = 0
  const call = (headers: Readonly<Record<string, string>> = { accept: LINES }, idempotencyKey = `stream-${++keys}`) =>
    world.souk.fetch(
      new Request(`${ORIGIN}/api/souk/installations/${world.installation.id}/functions`, {
        method: 'POST',
        headers: { 'x-requested-with': 'test', 'x-person': 'max', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ moduleHash: FUNCTION, args: '[]', idempotencyKey }),
      }),
    )
  const log = async () =>
    (await world.must(200, 'ada', `GET /installations/${world.installation.id}/logs`)).items[0] as {
      outcome: string
      errorCode: string | null
      resultBytes: number
    }
  return { ...world, call, log }
}

const linesOf = async (response: Response): Promise<unknown[]> =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a streamed result is answered in lines, the last of which says that it is whole', async () => {
  const { call, log } = await open(async function* () {
    yield 'a'
    yield new Date(0)
  })
  const response = await call()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  expect(await linesOf(response)).toEqual([
    { part: '"a"' },
    { part: '{"$":"Date","v":"1970-01-01T00:00:00.000Z"}' },
    { end: true },
  ])
  expect(await log()).toMatchObject({ outcome: 'ok', resultBytes: 46 })
})

test('an empty one has its end alone', async () => {
  const { call } = await open(async function* () {})
  expect(await linesOf(await call())).toEqual([{ end: true }])
})

test.each([
  ['asks for JSON', { accept: 'application/json' }],
  ['says nothing', {}],
  ['may repeat the request', { accept: LINES, 'idempotency-key': 'once' }],
])('who %s gets one array', async (_who, headers) => {
  const { call } = await open(async function* () {
    yield 1
    yield new Map([['a', 1n]])
  })
  const response = await call(headers)
  expect(response.headers.get('content-type')).toBe('application/json')
  const { result } = (await response.json()) as { result: string }
  expect(decodeValue(result)).toEqual({ value: [1, new Map([['a', 1n]])] })
})

test('a result in one piece is answered as ever, also to who takes lines', async () => {
  const { call, functions } = await open(async function* () {})
  functions[FUNCTION] = () => [1]
  const response = await call()
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(((await response.json()) as { result: string }).result).toBe('[1]')
})

test('an error before the first part is a problem, and after it the last line', async () => {
  const conflict = () => Object.assign(new Error('No'), { code: 'CONFLICT', fields: { a: 'b' } })
  const early = await open(() => {
    throw conflict()
  })
  const refused = await early.call()
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'CONFLICT' })

  const late = await open(async function* () {
    yield 1
    throw conflict()
  })
  const response = await late.call()
  expect(response.status).toBe(200)
  expect(await linesOf(response)).toEqual([
    { part: '1' },
    {
      error: expect.objectContaining({
        code: 'CONFLICT',
        message: 'No',
        fields: { a: 'b' },
        traceId: response.headers.get('x-request-id'),
      }),
    },
  ])
  expect(await late.log()).toMatchObject({ outcome: 'error', errorCode: 'CONFLICT', resultBytes: 1 })
})

test('no part shows a secret', async () => {
  const { call } = await open(async function* () {
    yield `the key is ${SECRET}`
  })
  const text = await (await call()).text()
  expect(text).toContain('the key is')
  expect(text).not.toContain('4f9c2')
})

test('the function makes no more than is read, and who leaves ends it', async () => {
  let made = 0
  let signal: AbortSignal | undefined
  const world = await open(async function* () {})
  world.functions[FUNCTION] = async function* (call) {
    signal = call.signal
    for (;;) yield ++made
  }
  const response = await world.call()
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.read()
  expect(made).toBeLessThan(8)
  await reader?.cancel()
  await expect.poll(() => signal?.aborted).toBe(true)
  await expect.poll(async () => (await world.log())?.outcome).toBe('error')
})

test('a call whose result was streamed is not repeated with its key', async () => {
  const { call } = await open(async function* () {
    yield 1
  })
  await (await call({ accept: LINES }, 'same')).text()
  const again = await call({ accept: LINES }, 'same')
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ code: 'CONFLICT' })
})

test('an uninstall ends it with an error line', async () => {
  const { call, must, installation } = await open(async function* () {
    yield 1
    await new Promise(() => {})
  })
  const response = await call()
  const reader = response.body?.getReader()
  await reader?.read()
  await must(200, 'ada', `POST /installations/${installation.id}/uninstall`, { body: {} })
  const { value } = (await reader?.read()) ?? {}
  expect(JSON.parse(new TextDecoder().decode(value))).toMatchObject({ error: { code: 'APP_NOT_INSTALLED' } })
})

test('a shutdown waits for it', async () => {
  const { call, souk } = await open(async function* () {
    yield 1
    yield 2
  })
  const response = await call()
  let isClosed = false
  const closing = souk.close().then(() => {
    isClosed = true
  })
  const reader = response.body?.getReader()
  await reader?.read()
  expect(isClosed).toBe(false)
  await reader?.read()
  await reader?.read()
  await closing
})
