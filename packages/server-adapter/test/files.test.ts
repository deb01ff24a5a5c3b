import { encodeValue, FILE_LIMITS, type FileHandle, type PlainValue, toFileId } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { createInstalledWorld, type Person, people } from './support/create-world'

const FUNCTION = 'src/orders.server.ts#findOrders'
const id = (letter: string) => toFileId(letter.repeat(43))
const A = id('a')
const B = id('b')

const handle = (fileId: string): FileHandle => ({ id: fileId, name: 'orders.csv', size: 7, type: 'text/csv' })

const argsOf = (...args: readonly unknown[]): string => {
  const encoded = encodeValue(args)
  if (!('text' in encoded)) throw new Error(encoded.refused)
  return encoded.text
}

type Part = readonly [name: string, content: string | Uint8Array<ArrayBuffer>, fileName?: string, type?: string]

const fileOf = (content: string | Uint8Array<ArrayBuffer>, type = 'text/csv') => new Blob([content], { type })

/** An app whose function says what it may read of files. */
const createReader = async () => {
  const world = await createInstalledWorld()
  let keys = 0
  const read: unknown[] = []
  /** What is asked while the function runs, of the handle it got. */
  let questions: readonly (readonly [string, PlainValue])[] = []
  world.functions[FUNCTION] = async (call) => {
    for (const [operation, request] of questions)
      read.push(await call.platform?.(operation, [request], new AbortController().signal).catch((error) => error.code))
  }
  const send = async (who: Person | null, parts: readonly Part[], headers: Readonly<Record<string, string>> = {}) => {
    const form = new FormData()
    for (const [name, content, fileName, type] of parts)
      if (fileName === undefined && typeof content === 'string') form.append(name, content)
      else form.append(name, fileOf(content, type), fileName ?? 'file')
    // As bytes: Node fails when the stream of a FormData is given up.
    const encoded = new Response(form)
    return world.send(who, `POST /installations/${world.installation.id}/functions/with-files`, {
      raw: await encoded.arrayBuffer(),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '', ...headers },
    })
  }
  const callPart = (args: string, change: object = {}): Part => [
    'call',
    JSON.stringify({ moduleHash: FUNCTION, args, idempotencyKey: `key-${++keys}`, ...change }),
  ]
  return {
    ...world,
    read,
    sendParts: send,
    callPart,
    ask(...asked: typeof questions) {
      questions = asked
    },
  }
}

test('a function reads the file that its call names, in pieces, with the name and type it came with', async () => {
  const { sendParts, callPart, ask, read, storage, installation } = await createReader()
  const content = new Uint8Array(1024 * 1024 + 3).map((_, index) => index % 251)
  ask(
    ['file.describe', { id: A }],
    ['file.read', { id: A, offset: 0 }],
    ['file.read', { id: A, offset: 1024 * 1024 }],
    ['file.read', { id: A, offset: content.length }],
  )
  const answer = await sendParts('max', [callPart(argsOf(handle(A))), [A, content, 'Bücher (1) 🎈.csv', 'text/csv']])
  expect(answer).toMatchObject({ status: 200 })
  const [about, first, second, end] = read as [unknown, Uint8Array, Uint8Array, Uint8Array]
  expect(about).toEqual({ name: 'Bücher (1) 🎈.csv', type: 'text/csv', size: content.length })
  expect(Buffer.compare(Buffer.concat([first, second]), content)).toBe(0)
  expect(end).toHaveLength(0)
  const { items } = await storage.functionCalls.list('org-a', installation.id, { limit: 1 })
  expect(items[0]?.argumentBytes).toBe(argsOf(handle(A)).length + content.length)
})

describe('a function cannot read', () => {
  test.each<[string, string, PlainValue]>([
    ['a file that did not come with the call', 'file.read', { id: B, offset: 0 }],
    ['what that file is called', 'file.describe', { id: B }],
    ['a file by its path', 'file.read', { id: '/etc/passwd', offset: 0 }],
    ['a file without a handle', 'file.describe', {}],
    ['a file by an inherited name', 'file.describe', { id: 'constructor' }],
    ['all files', 'file.describe', { id: [A] }],
  ])('%s', async (_, operation, request) => {
    const { sendParts, callPart, ask, read } = await createReader()
    ask([operation, request])
    expect((await sendParts('max', [callPart(argsOf(handle(A), handle(B))), [A, 'a,b\n1,2', 'a.csv']])).status).toBe(
      200,
    )
    expect(read).toEqual(['FILE_NOT_GRANTED'])
  })

  test.each([-1, 0.5, '0', null, undefined])('from the place %j', async (offset) => {
    const { sendParts, callPart, ask, read } = await createReader()
    ask(['file.read', { id: A, offset }])
    await sendParts('max', [callPart(argsOf(handle(A))), [A, 'x', 'a.csv']])
    expect(read).toEqual(['INVALID_INPUT'])
  })

  test('a file of an earlier call, by the same handle, in a call without it', async () => {
    const { sendParts, callPart, ask, read, call, installation } = await createReader()
    ask(['file.describe', { id: A }])
    await sendParts('max', [callPart(argsOf(handle(A))), [A, 'x', 'a.csv', 'text/csv']])
    await call('max', installation.id, argsOf(handle(A)))
    await sendParts('max', [callPart(argsOf(handle(A)))])
    expect(read).toEqual([{ name: 'a.csv', type: 'text/csv', size: 1 }, 'FILE_NOT_GRANTED', 'FILE_NOT_GRANTED'])
  })

  test('a file of a call that another user makes at the same time', async () => {
    const { world, first, second } = await (async () => {
      const world = await createReader()
      const running: (() => void)[] = []
      const seen: unknown[] = []
      world.functions[FUNCTION] = async (call, [file]) => {
        await new Promise<void>((resolve) => running.push(resolve))
        for (const one of [A, B])
          seen.push([
            call.context.user.id,
            one,
            await call.platform?.('file.read', [{ id: one, offset: 0 }], new AbortController().signal).then(
              (bytes) => Buffer.from(bytes as Uint8Array).toString(),
              (error) => error.code,
            ),
          ])
        return file
      }
      const calls = [
        world.sendParts('ada', [world.callPart(argsOf(handle(A))), [A, 'of ada', 'a']]),
        world.sendParts('max', [world.callPart(argsOf(handle(B))), [B, 'of max', 'b']]),
      ]
      while (running.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
      for (const go of running) go()
      await Promise.all(calls)
      const of = (person: string) => seen.filter((entry) => (entry as string[])[0] === person)
      return { world, first: of('ada'), second: of('max') }
    })()
    expect(world.errors).toEqual([])
    expect(first).toEqual([
      ['ada', A, 'of ada'],
      ['ada', B, 'FILE_NOT_GRANTED'],
    ])
    expect(second).toEqual([
      ['max', A, 'FILE_NOT_GRANTED'],
      ['max', B, 'of max'],
    ])
  })
})

test.each<[string, string]>([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\max\\orders.csv', 'orders.csv'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
])('a file named %j is called %s, whoever sent it', async (given, name) => {
  const { sendParts, callPart, ask, read } = await createReader()
  ask(['file.describe', { id: A }])
  await sendParts('max', [callPart(argsOf(handle(A))), [A, 'x', given, 'no type']])
  expect(read).toEqual([{ name, type: '', size: 1 }])
})

describe('refused before any code runs', () => {
  const over = new Uint8Array(FILE_LIMITS.fileBytes + 1)
  const full = new Uint8Array(FILE_LIMITS.fileBytes)
  const many = Array.from({ length: FILE_LIMITS.filesPerCall + 1 }, (_, index) => id(String.fromCharCode(97 + index)))
  const call = argsOf(handle(A))

  test.each<[string, (part: (args: string, change?: object) => Part) => readonly Part[], number, string]>([
    ['a file that no argument names', (part) => [part('[]'), [A, 'x', 'a']], 422, 'INVALID_INPUT'],
    [
      'a file whose name is a text in the arguments',
      (part) => [part(argsOf(`x ${A}`)), [A, 'x', 'a']],
      422,
      'INVALID_INPUT',
    ],
    ['a file under no handle', (part) => [part(call), ['file', 'x', 'a']], 422, 'INVALID_INPUT'],
    ['two files under one handle', (part) => [part(call), [A, 'x', 'a'], [A, 'y', 'b']], 422, 'INVALID_INPUT'],
    ['a file before the call', (part) => [[A, 'x', 'a'], part(call)], 422, 'INVALID_INPUT'],
    ['no call', () => [[A, 'x', 'a']], 422, 'INVALID_INPUT'],
    ['nothing', () => [], 422, 'INVALID_INPUT'],
    ['a second call', (part) => [part(call), part(call), [A, 'x', 'a']], 413, 'PAYLOAD_TOO_LARGE'],
    [
      'a call that is no JSON',
      () => [
        ['call', 'nonsense'],
        [A, 'x', 'a'],
      ],
      422,
      'INVALID_INPUT',
    ],
    [
      'a call with prototype keys',
      () => [
        ['call', '{"__proto__":{}}'],
        [A, 'x', 'a'],
      ],
      422,
      'INVALID_INPUT',
    ],
    ['a call with more fields', (part) => [part(call, { path: '/etc/passwd' }), [A, 'x', 'a']], 422, 'INVALID_INPUT'],
    ['another function', (part) => [part(call, { moduleHash: 'x#y' }), [A, 'x', 'a']], 404, 'FUNCTION_NOT_FOUND'],
    ['a file that is too large', (part) => [part(call), [A, over, 'a']], 413, 'PAYLOAD_TOO_LARGE'],
    [
      'files that are too large together',
      (part) => [
        part(argsOf(...many.slice(0, 3).map(handle))),
        ...many.slice(0, 3).map((one): Part => [one, full, 'a']),
      ],
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'too many files',
      (part) => [part(argsOf(...many.map(handle))), ...many.map((one): Part => [one, 'x', 'a'])],
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s', async (_, parts, status, code) => {
    const { sendParts, callPart, calls } = await createReader()
    expect(await sendParts('max', parts(callPart))).toMatchObject({ status, body: { code } })
    expect(calls).toEqual([])
  })

  test.each<[string, Person | null, Readonly<Record<string, string>>, number, string]>([
    ['nobody', null, {}, 401, 'UNAUTHENTICATED'],
    ['a user of another organization', 'bea', {}, 404, 'NOT_FOUND'],
    [
      'a page of another origin, whose forms a browser sends without asking',
      'max',
      { 'sec-fetch-site': 'cross-site' },
      403,
      'CROSS_ORIGIN',
    ],
    ['a body of another type', 'max', { 'content-type': 'application/json' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form without a boundary', 'max', { 'content-type': 'multipart/form-data' }, 422, 'INVALID_INPUT'],
    [
      'a form that is not what it says',
      'max',
      { 'content-type': 'multipart/form-data; boundary=other' },
      422,
      'INVALID_INPUT',
    ],
  ])('%s', async (_, who, headers, status, code) => {
    const { sendParts, callPart, calls } = await createReader()
    expect(await sendParts(who, [callPart(call), [A, 'x', 'a']], headers)).toMatchObject({ status, body: { code } })
    expect(calls).toEqual([])
  })

  test.each<[string, string]>([
    ['in the middle of the call', '--x\r\ncontent-disposition: form-data; name="call"\r\n\r\n{"moduleHash"'],
    [
      'in the middle of a file',
      `--x\r\ncontent-disposition: form-data; name="call"\r\n\r\n${JSON.stringify({ moduleHash: FUNCTION, args: call, idempotencyKey: 'k' })}\r\n--x\r\ncontent-disposition: form-data; name="${A}"; filename="a"\r\n\r\nab`,
    ],
  ])('a form that breaks off %s', async (_, body) => {
    const { send, calls, installation } = await createReader()
    const answer = await send('max', `POST /installations/${installation.id}/functions/with-files`, {
      raw: body,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } })
    expect(calls).toEqual([])
  })
})

test('whoever may not call is told before the file has been read', async () => {
  const { souk, installation, callPart } = await createReader()
  const [, json] = callPart(argsOf(handle(A)), { moduleHash: 'x#y' })
  let sent = 0
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(
        Buffer.from(
          `--x\r\ncontent-disposition: form-data; name="call"\r\n\r\n${json}\r\n--x\r\ncontent-disposition: form-data; name="${A}"; filename="a"\r\n\r\n`,
        ),
      )
    },
    pull(controller) {
      sent += 64 * 1024
      controller.enqueue(new Uint8Array(64 * 1024))
    },
    cancel() {
      isCancelled = true
    },
  })
  const response = await souk.fetch(
    new Request(`http://product.test/api/souk/installations/${installation.id}/functions/with-files`, {
      method: 'POST',
      headers: { 'x-person': 'max', 'x-requested-with': 'test', 'content-type': 'multipart/form-data; boundary=x' },
      body,
      // Node asks for it, and its types do not know it.
      ...({ duplex: 'half' } as object),
    }),
  )
  expect(response.status).toBe(404)
  await expect.poll(() => isCancelled).toBe(true)
  expect(sent).toBeLessThan(2 * 1024 * 1024)
})

test('a repeated call is answered as the first, and its function does not run again', async () => {
  const { sendParts, callPart, calls } = await createReader()
  const parts: readonly Part[] = [callPart(argsOf(handle(A))), [A, 'x', 'a']]
  const first = await sendParts('max', parts)
  expect((await sendParts('max', parts)).text).toBe(first.text)
  expect(calls).toHaveLength(1)
})

test('an organization that sends more than its share at a time is asked to wait', async () => {
  const { souk, installation, functions, calls } = await createReader()
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  functions[FUNCTION] = () => finished
  const file = { id: A, name: 'a', type: '', bytes: new Uint8Array(FILE_LIMITS.fileBytes) }
  let keys = 0
  const send = () =>
    souk.api.callFunctionWithFiles(people.max, {
      params: { id: installation.id },
      body: {
        call: { moduleHash: FUNCTION, args: argsOf(handle(A)), idempotencyKey: `typed-${++keys}` },
        files: [file],
      },
    })
  const waiting = Array.from({ length: 6 }, send)
  await expect.poll(() => calls.length).toBe(6)
  await expect(send()).rejects.toMatchObject({ code: 'FUNCTION_OVERLOADED', retryAfterSeconds: 5 })
  finish()
  await Promise.all(waiting)
  await send()
})

test('the product’s own code calls with files without HTTP, under the same rules', async () => {
  const { souk, installation, ask, read } = await createReader()
  ask(['file.describe', { id: A }])
  const call = { moduleHash: FUNCTION, args: argsOf(handle(A)), idempotencyKey: 'typed' }
  const file = { id: A, name: '/tmp/a.csv', type: 'text/csv', bytes: new Uint8Array(3) }
  const send = (body: { call: typeof call; files: readonly (typeof file)[] }) =>
    souk.api.callFunctionWithFiles(people.max, { params: { id: installation.id }, body })
  await send({ call, files: [file] })
  expect(read).toEqual([{ name: 'a.csv', type: 'text/csv', size: 3 }])
  for (const files of [
    [{ ...file, id: B }],
    [file, file],
    [{ ...file, id: '/etc/passwd' }],
    [{ ...file, bytes: 'x' as never }],
  ])
    await expect(send({ call: { ...call, idempotencyKey: 'other' }, files })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
})
