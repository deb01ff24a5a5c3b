import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionRuntime } from './function-runtime'
import { createProcessRuntime } from './process-runtime'
import { bundleOf, callFunction, invocation, NO_EGRESS, streamFunction } from './runtime-test-kit'

let runtime: FunctionRuntime
beforeAll(() => {
  runtime = createProcessRuntime({ poolSize: 2, limits: { waitMs: 10_000 } })
})
afterEach(() => runtime.unload('installation-a'))
afterAll(() => runtime.dispose())

/**
 * App code that takes over the guest's end of the descriptor, and writes what it likes. Deno opens a descriptor once only, so it
 * waits for the guest to use it. `n` is the number of the call at hand.
 */
const TOOLS = `
import { Socket } from 'node:net'
import { Buffer } from 'node:buffer'
const write = Socket.prototype.write
let socket
Socket.prototype.write = function (...args) { socket = this; return write.apply(this, args) }
console.log('speak')
while (!socket) await new Promise((resolve) => setTimeout(resolve, 0))
Socket.prototype.write = write
const raw = (bytes) => socket.write(bytes)
const prefix = (header, body) => { const bytes = Buffer.alloc(8); bytes.writeUInt32BE(header, 0); bytes.writeUInt32BE(body, 4); return bytes }
const frame = (header, body = '') => { const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header)); return Buffer.concat([prefix(text.length, Buffer.byteLength(body)), text, Buffer.from(body)]) }
const send = (header, body) => raw(frame(header, body))
const forever = new Promise(() => {})
const n = 2
`
const attack = (code: string, deadlineMs = 50_000) =>
  callFunction(runtime, bundleOf({ main: `async () => { ${code}; return forever }` }, TOOLS), 'main', { deadlineMs })

describe('a guest that writes to the descriptor itself is ended, and nobody else notices', () => {
  test.each([
    ['text', 'raw("GET / HTTP/1.1\\r\\n\\r\\n")'],
    ['a header of no bytes', 'raw(prefix(0, 0))'],
    ['a header that is announced too long', 'raw(prefix(300000, 0))'],
    ['a body that is announced too long', 'raw(prefix(10, 4000000000))'],
    ['a header that is not JSON', 'send("{")'],
    ['a header that is not UTF-8', 'raw(Buffer.concat([prefix(2, 0), Buffer.from([0xff, 0xfe])]))'],
    ['a header that is nested deeply', 'send("[".repeat(100000) + "]".repeat(100000))'],
    ['a header that is an array', 'send([])'],
    ['a type that is unknown', 'send({ type: "eval", id: n })'],
    ['a type that is inherited', 'send({ type: "constructor", id: n })'],
    ['an id that is no number', 'send({ type: "result", id: "2" })'],
    ['an id that is negative', 'send({ type: "result", id: -1 })'],
    ['an error without a message', 'send({ type: "failed", id: n, error: { code: "X" } })'],
    ['an error that is too long', 'send({ type: "failed", id: n, error: { code: "X", message: "x".repeat(9000) } })'],
    [
      'an error with too many fields',
      'send({ type: "failed", id: n, error: { code: "X", message: "x", fields: Object.fromEntries(Array.from({ length: 99 }, (_, i) => ["f" + i, "x"])) } })',
    ],
    [
      'an error with a field of the prototype',
      `send('{"type":"failed","id":2,"error":{"code":"X","message":"x","fields":{"__proto__":"x"}}}')`,
    ],
    ['a log line that is too long', 'send({ type: "log", id: n, level: "info", message: "x".repeat(5000) })'],
    ['a log line of an unknown level', 'send({ type: "log", id: n, level: "fatal", message: "x" })'],
    [
      'a request with too many headers',
      'send({ type: "request", id: 1, call: n, url: "https://a.example", method: "GET", headers: Array.from({ length: 200 }, () => ["a", "b"]), hasBody: false, redirect: "follow" })',
    ],
    [
      'a request with headers that are no pairs',
      'send({ type: "request", id: 1, call: n, url: "https://a.example", method: "GET", headers: [["a"]], hasBody: false, redirect: "follow" })',
    ],
    ['a flood of pongs', 'for (let i = 0; i < 5000; i++) send({ type: "pong" })'],
    [
      'a flood of results that nobody asked for',
      'for (let i = 0; i < 5000; i++) send({ type: "result", id: 99 + i }, "1")',
    ],
    [
      'a flood of log lines',
      'for (let i = 0; i < 50000; i++) send({ type: "log", id: n, level: "info", message: "x".repeat(1000) })',
    ],
    [
      'a flood of requests',
      'for (let i = 0; i < 5000; i++) send({ type: "request", id: i, call: n, url: "https://a.example", method: "GET", headers: [], hasBody: false, redirect: "follow" })',
    ],
    [
      'a flood of questions',
      'for (let i = 0; i < 5000; i++) send({ type: "ask", id: i, call: n, operation: "storage.get" }, "[{}]")',
    ],
    [
      'a flood of questions in the name of no call',
      'for (let i = 0; i < 5000; i++) send({ type: "ask", id: i, call: 99, operation: "storage.get" }, "[]")',
    ],
    ['a part that nobody takes', 'send({ type: "part", id: n }, "1")'],
    ['a flood of parts of no call', 'for (let i = 0; i < 5000; i++) send({ type: "part", id: 99 + i }, "1")'],
    ['a part without an id', 'send({ type: "part" }, "1")'],
    ['a question without an operation', 'send({ type: "ask", id: 1, call: n })'],
    [
      'a question with an operation that is too long',
      'send({ type: "ask", id: 1, call: n, operation: "x".repeat(61) })',
    ],
    ['a flood on its standard error', 'for (;;) { Deno.stderr.writeSync(new Uint8Array(65536)) }'],
  ])('%s', async (_what, code) => {
    const neighbour = bundleOf({ main: '() => (globalThis.count = (globalThis.count ?? 0) + 1)' })
    const callNeighbour = () => callFunction(runtime, neighbour, 'main', { installationId: 'neighbour' })
    const before = (await callNeighbour()).value
    expect((await attack(code)).error?.code).toBe('FUNCTION_CRASHED')
    expect((await callNeighbour()).value).toBe(Number(before) + 1)
  })

  test('a closed descriptor', async () => {
    expect((await attack('socket.destroy(); process.exit(0)')).error?.code).toBe('FUNCTION_CRASHED')
  })
})

describe('a stream that a guest forges for its own call', () => {
  const forge = (code: string, onPart?: () => Promise<void>) =>
    streamFunction(runtime, bundleOf({ main: `async () => { ${code}; return forever }` }, TOOLS), 'main', {
      deadlineMs: 50_000,
      ...(onPart ? { onPart } : {}),
    })

  test.each([
    ['is not JSON', 'send({ type: "part", id: n }, "[")', 'FUNCTION_FAILED'],
    ['is no value at all', 'send({ type: "part", id: n })', 'FUNCTION_FAILED'],
    [
      'is followed by a result',
      'send({ type: "part", id: n }, "1"); send({ type: "result", id: n }, "2")',
      'FUNCTION_FAILED',
    ],
    [
      'is larger than a result',
      'const part = "\\"" + "x".repeat(3_000_000) + "\\""; send({ type: "part", id: n }, part); setTimeout(() => send({ type: "part", id: n }, part), 500)',
      'FUNCTION_RESULT_TOO_LARGE',
    ],
  ])('and that %s is refused', async (_what, code, expected) => {
    expect((await forge(code)).error?.code).toBe(expected)
  })

  test('faster than it is taken ends the guest', async () => {
    const flood = 'for (let i = 0; i < 5000; i++) send({ type: "part", id: n }, "1")'
    const { parts, error } = await forge(flood, () => new Promise(() => {}))
    expect(error?.code).toBe('FUNCTION_CRASHED')
    expect(parts).toEqual([1])
  })
})

describe('a result that a guest forges for its own call', () => {
  test.each([
    ['is not JSON', 'FUNCTION_FAILED', 'send({ type: "result", id: n }, "]")'],
    ['is empty', 'FUNCTION_FAILED', 'send({ type: "result", id: n }, "")'],
    [
      'is nested too deeply',
      'FUNCTION_FAILED',
      'send({ type: "result", id: n }, "[".repeat(100000) + "]".repeat(100000))',
    ],
    ['has too many values', 'FUNCTION_FAILED', 'send({ type: "result", id: n }, "[" + "1,".repeat(1500000) + "1]")'],
    [
      'has a code of its own',
      'FUNCTION_FAILED',
      'send({ type: "failed", id: n, error: { code: "OWN", message: "x" } })',
    ],
  ])('and that %s is %s', async (_what, code, forged) => {
    expect((await attack(forged)).error?.code).toBe(code)
  })

  test('cannot answer for another installation, whose calls have the same numbers', async () => {
    const waiting = callFunction(
      runtime,
      bundleOf({ main: '() => new Promise((resolve) => setTimeout(resolve, 300, "mine"))' }),
      'main',
      { installationId: 'victim' },
    )
    expect((await attack('send({ type: "result", id: n }, "1")')).value).toBe(1)
    expect((await waiting).value).toBe('mine')
  })
})

test('a request in the name of no call, or of one that ended, is refused', async () => {
  const rules = [{ host: 'a.example', purpose: 'Tests' }]
  const source = bundleOf(
    {
      main: `async () => {
        const seen = []
        const original = JSON.parse
        JSON.parse = (text) => { const value = original(text); if (value.type === 'request-failed') seen.push(value.code); return value }
        for (const call of [0, 1, 99]) send({ type: 'request', id: 1000 + call, call, url: 'https://a.example', method: 'GET', headers: [], hasBody: false, redirect: 'follow' })
        while (seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
        return seen
      }`,
    },
    TOOLS,
  )
  const { value } = await callFunction(runtime, source, 'main', { egress: { ...NO_EGRESS, rules } })
  expect(value).toEqual(['EGRESS_LIMIT', 'EGRESS_LIMIT', 'EGRESS_LIMIT'])
})

describe('questions of a guest', () => {
  /** Asks by hand, and collects the codes of what comes back. */
  const ask = (count: number, body: string, call = 'n') => `async () => {
    const seen = []
    const original = JSON.parse
    JSON.parse = (text) => {
      const value = original(text)
      if (value.type === 'ask-failed') seen.push(value.error.code)
      if (value.type === 'answer') seen.push('answered')
      return value
    }
    for (let i = 0; i < ${count}; i++) send({ type: 'ask', id: 1000 + i, call: ${call}, operation: 'storage.get' }, ${body})
    while (seen.length < ${count}) await new Promise((resolve) => setTimeout(resolve, 5))
    return seen
  }`
  const outcome = async (main: string, asked: unknown[] = []) => {
    const answer = await runtime.invoke({
      ...invocation(bundleOf({ main }, TOOLS), 'main', { deadlineMs: 50_000 }),
      platform: async (operation, args) => void asked.push([operation, args]),
    })
    return answer.ok ? JSON.parse(answer.result) : answer.error.code
  }

  test.each([
    ['no JSON', '"]"'],
    ['no array', '"{}"'],
    ['nothing', '""'],
    ['too deep', '"[".repeat(100000) + "]".repeat(100000)'],
    ['a prototype key', `'[{"__proto__":{}}]'`],
  ])('with %s for arguments reach no service', async (_, body) => {
    const asked: unknown[] = []
    expect(await outcome(ask(1, body), asked)).toEqual(['INVALID_INPUT'])
    expect(asked).toEqual([])
  })

  test('are a thousand for a call, and those above are refused while the call goes on', async () => {
    const asked: unknown[] = []
    const answers = await outcome(ask(1005, '"[]"'), asked)
    expect(asked).toHaveLength(1000)
    expect(answers.filter((answer: string) => answer === 'RATE_LIMITED')).toHaveLength(5)
  })

  test('in the name of a call that is not there are refused', async () => {
    const asked: unknown[] = []
    expect(await outcome(ask(1, '"[]"', '99'), asked)).toEqual(['RATE_LIMITED'])
    expect(asked).toEqual([])
  })
})
