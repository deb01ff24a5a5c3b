import { once } from 'node:events'
import { MessageChannel as NodeMessageChannel, type MessagePort as NodePort } from 'node:worker_threads'
import * as Comlink from 'comlink'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type Answer,
  type BridgeLimits,
  type CallOptions,
  createCalleeEndpoint,
  createCallerEndpoint,
  createChannel,
  DEFAULT_LIMITS,
  envelopeOf,
  type PortLike,
} from '.'

const identity = { appId: 'app', appInstallationId: 'installation' }
const NAMES = ['show-toast', 'confirm', 'navigate']
const asEndpoint = (endpoint: unknown) => endpoint as Comlink.Endpoint

const open: { close(): void }[] = []
afterEach(() => {
  for (const channel of open.splice(0)) channel.close()
})

const setUp = (limits: Partial<BridgeLimits> = {}) => {
  const { port1, port2 } = new NodeMessageChannel()
  const refusals: string[] = []
  const sideOf = (port: NodePort, side: 'souk-platform' | 'souk-extension') => {
    const channel = createChannel({
      port: port as unknown as PortLike,
      side,
      identity,
      limits: { ...DEFAULT_LIMITS, ...limits },
      onRefused: (sentence) => refusals.push(sentence),
    })
    open.push(channel)
    return channel
  }
  return { host: sideOf(port1, 'souk-platform'), attacker: port2, sideOf, refusals }
}

const expose = (services: object, limits?: Partial<BridgeLimits>) => {
  const bridge = setUp(limits)
  const callee = createCalleeEndpoint(bridge.host, NAMES)
  Comlink.expose(services, asEndpoint(callee))
  const send = (message: object) =>
    bridge.attacker.postMessage({ ...envelopeOf('souk-extension', identity), ...message })
  const answer = async () => {
    const [message] = (await once(bridge.attacker, 'message')) as [Record<string, unknown>]
    return message
  }
  return { ...bridge, callee, send, answer }
}

describe('what Comlink alone would let a peer do', () => {
  const calls: unknown[] = []
  const services = {
    'show-toast': async (payload: unknown) => {
      calls.push(payload)
      return { ok: true, value: null } satisfies Answer
    },
    secret: 'do not read',
  }

  afterEach(() => {
    calls.length = 0
  })

  test.each([
    [
      'CONSTRUCT of Function',
      {
        id: '1',
        type: 'CONSTRUCT',
        path: ['show-toast', 'constructor'],
        argumentList: [{ type: 'RAW', value: 'globalThis.pwned = true' }],
      },
    ],
    [
      'APPLY of Function',
      {
        id: '1',
        type: 'APPLY',
        path: ['show-toast', 'constructor'],
        argumentList: [{ type: 'RAW', value: 'globalThis.pwned = true' }],
      },
    ],
    ['GET of a secret', { id: '1', type: 'GET', path: ['secret'] }],
    ['SET of a service', { id: '1', type: 'SET', path: ['show-toast'], value: { type: 'RAW', value: 1 } }],
    ['SET of a prototype', { id: '1', type: 'SET', path: ['__proto__', 'pwned'], value: { type: 'RAW', value: true } }],
    ['ENDPOINT', { id: '1', type: 'ENDPOINT' }],
    ['RELEASE', { id: '1', type: 'RELEASE' }],
    ['APPLY without an envelope', { id: '1', type: 'APPLY', path: ['show-toast'], argumentList: [] }],
  ])('%s reaches nothing, raw or in an envelope', async (_what, attack) => {
    const { attacker, send, answer, refusals } = expose(services)
    attacker.postMessage(attack)
    send(attack)
    send({ ...attack, kind: 'request', requestId: '2', payload: attack })
    // The guard answers the one that was a request, by its name, and only after it has seen the others.
    expect(await answer()).toMatchObject({ requestId: '2', ok: false, error: { code: 'METHOD_NOT_FOUND' } })
    expect(refusals).toHaveLength(2)
    expect(calls).toEqual([])
    expect(services.secret).toBe('do not read')
    expect(globalThis).not.toHaveProperty('pwned')
    expect({}).not.toHaveProperty('pwned')
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'secret', 'show-toast.constructor', 'then'])(
    'a request named %s is not known',
    async (type) => {
      const { send, answer } = expose(services)
      send({ kind: 'request', type, requestId: '1', payload: null })
      expect(await answer()).toMatchObject({ ok: false, error: { code: 'METHOD_NOT_FOUND' } })
    },
  )

  test('a path cannot come along with a request', async () => {
    const { send, answer } = expose(services)
    send({
      kind: 'request',
      type: 'show-toast',
      requestId: '1',
      payload: { title: 'x' },
      path: ['constructor'],
      argumentList: [1],
    })
    expect(await answer()).toMatchObject({ ok: true, value: null })
    expect(calls).toEqual([{ title: 'x' }])
  })

  test.each([
    ['a HANDLER proxy', { type: 'HANDLER', name: 'proxy', value: 1 }],
    ['a HANDLER throw', { type: 'HANDLER', name: 'throw', value: { isError: true, value: {} } }],
  ])('%s as payload arrives as mere data', async (_what, payload) => {
    const { send, answer } = expose(services)
    send({ kind: 'request', type: 'show-toast', requestId: '1', payload })
    await answer()
    expect(calls).toEqual([payload])
  })

  test.each([
    ['__proto__', JSON.parse('{"__proto__":{"pwned":true}}')],
    ['constructor', { constructor: { prototype: { pwned: true } } }],
  ])('a payload with the key %s is dropped', async (_key, payload) => {
    const { send, answer, refusals } = expose(services)
    send({ kind: 'request', type: 'show-toast', requestId: '1', payload })
    send({ kind: 'request', type: 'show-toast', requestId: '2', payload: null })
    expect(await answer()).toMatchObject({ requestId: '2' })
    expect(refusals).toHaveLength(1)
    expect(calls).toEqual([null])
  })
})

describe('the callee endpoint', () => {
  test('runs once for an id that is sent again while it runs', async () => {
    const calls: unknown[] = []
    let finish: (answer: Answer) => void = () => {}
    const { send, answer } = expose({
      navigate: (payload: unknown) => {
        calls.push(payload)
        return new Promise<Answer>((resolve) => {
          finish = resolve
        })
      },
      confirm: async () => ({ ok: true, value: true }),
    })
    send({ kind: 'request', type: 'navigate', requestId: '1', payload: 1 })
    send({ kind: 'request', type: 'navigate', requestId: '1', payload: 2 })
    send({ kind: 'request', type: 'confirm', requestId: '2', payload: null })
    await answer()
    finish({ ok: true, value: 'done' })
    expect(await answer()).toMatchObject({ requestId: '1', value: 'done' })
    expect(calls).toEqual([1])
  })

  test('refuses a result that cannot be sent, and a service that throws, without a stack', async () => {
    const { send, answer } = expose({
      navigate: async () => ({ ok: true, value: () => {} }),
      confirm: async () => {
        throw new Error('secret')
      },
    })
    send({ kind: 'request', type: 'navigate', requestId: '1', payload: null })
    expect(await answer()).toMatchObject({ ok: false, error: { code: 'VALUE_NOT_SENDABLE' } })
    send({ kind: 'request', type: 'confirm', requestId: '2', payload: null })
    expect(JSON.stringify(await answer())).not.toContain('secret')
  })

  test('takes no more requests than may wait', async () => {
    const { send, answer } = expose({ navigate: () => new Promise(() => {}) }, { pendingRequests: 2 })
    for (const requestId of ['1', '2', '3']) send({ kind: 'request', type: 'navigate', requestId, payload: null })
    expect(await answer()).toMatchObject({ requestId: '3', ok: false, error: { code: 'LIMIT_EXCEEDED' } })
  })

  test('does not answer what was aborted', async () => {
    let finish: (answer: Answer) => void = () => {}
    const { send, answer } = expose({
      navigate: () =>
        new Promise<Answer>((resolve) => {
          finish = resolve
        }),
      confirm: async () => ({ ok: true, value: true }),
    })
    send({ kind: 'request', type: 'navigate', requestId: '1', payload: null })
    send({ kind: 'abort', type: 'abort', requestId: '1' })
    send({ kind: 'request', type: 'confirm', requestId: '2', payload: null })
    expect(await answer()).toMatchObject({ requestId: '2' })
    finish({ ok: true, value: null })
    send({ kind: 'request', type: 'confirm', requestId: '3', payload: null })
    expect(await answer()).toMatchObject({ requestId: '3' })
  })
})

describe('what the callee endpoint waits for', () => {
  const signals: AbortSignal[] = []
  const services = {
    navigate: (_payload: unknown, signal: AbortSignal) =>
      new Promise<Answer>(() => {
        signals.push(signal)
      }),
    confirm: async () => ({ ok: true, value: true }) satisfies Answer,
  }
  const hang = async () => {
    signals.length = 0
    const bridge = expose(services)
    bridge.send({ kind: 'request', type: 'navigate', requestId: '1', payload: null })
    bridge.send({ kind: 'request', type: 'confirm', requestId: '2', payload: null })
    expect(await bridge.answer()).toMatchObject({ requestId: '2' })
    expect(bridge.callee.pending).toBe(1)
    expect(signals[0]?.aborted).toBe(false)
    return bridge
  }

  test('is told by its signal that the other side gave up, and forgotten', async () => {
    const { callee, send, answer } = await hang()
    send({ kind: 'abort', type: 'abort', requestId: '1' })
    send({ kind: 'request', type: 'confirm', requestId: '3', payload: null })
    await answer()
    expect(signals[0]?.aborted).toBe(true)
    expect(callee.pending).toBe(0)
  })

  test('is told by its signal that the channel closed, and forgotten', async () => {
    const { callee, host } = await hang()
    host.close()
    expect(signals[0]?.aborted).toBe(true)
    expect(callee.pending).toBe(0)
  })
})

describe('the caller endpoint', () => {
  type Call = Record<string, (payload: unknown, options?: CallOptions) => Promise<Answer>>

  const wrap = (limits?: Partial<BridgeLimits>, names: readonly string[] = NAMES) => {
    const bridge = setUp(limits)
    const late: string[] = []
    const caller = createCallerEndpoint(bridge.host, names, (sentence) => late.push(sentence))
    const proxy = Comlink.wrap<Call>(asEndpoint(caller))
    const call = (name: string, payload: unknown, options?: CallOptions) =>
      (proxy[name] as Call[string])(payload, options)
    return { ...bridge, caller, late, call }
  }

  test('gives the answer of the other side', async () => {
    const { call, sideOf, attacker } = wrap()
    const extension = sideOf(attacker, 'souk-extension')
    extension.on('request', ({ type, requestId, payload }) =>
      extension.answer(type, requestId, { ok: true, value: payload }),
    )
    expect(await call('navigate', { path: '/' })).toEqual({ ok: true, value: { path: '/' } })
  })

  test('takes answers only for what it asked, and from nobody it did not ask', async () => {
    const { call, attacker, caller, late } = wrap()
    const answered = call('navigate', null)
    const [{ requestId }] = (await once(attacker, 'message')) as [{ requestId: string }]
    const answer = { ...envelopeOf('souk-extension', identity), kind: 'answer', type: 'navigate-result', ok: true }
    attacker.postMessage({ id: requestId, type: 'RAW', value: { ok: true, value: 'raw' } })
    attacker.postMessage({ id: requestId, type: 'HANDLER', name: 'proxy', value: {} })
    attacker.postMessage({ ...answer, requestId: 'other', value: 'other' })
    attacker.postMessage({ ...answer, requestId, appInstallationId: 'other', value: 'foreign' })
    attacker.postMessage({ ...answer, requestId, value: 'right' })
    attacker.postMessage({ ...answer, requestId, value: 'late' })
    expect(await answered).toEqual({ ok: true, value: 'right' })
    expect(caller.pending).toBe(0)
    await expect.poll(() => late).toHaveLength(2)
  })

  test('ends in TIMEOUT at the deadline, and tells the other side', async () => {
    vi.useFakeTimers()
    try {
      const { call, attacker } = wrap({ requestTimeoutMs: 1_000 })
      const kinds: unknown[] = []
      attacker.on('message', ({ kind }: { kind: unknown }) => kinds.push(kind))
      const answered = call('navigate', null)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(await answered).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
      vi.useRealTimers()
      await expect.poll(() => kinds).toHaveLength(2)
      expect(kinds).toEqual(['request', 'abort'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('has a deadline of its own when the call says so, also where there is none', async () => {
    const { call, caller } = wrap()
    expect(await call('confirm', null, { timeoutMs: 5 })).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
    expect(caller.pending).toBe(0)
  })

  test('ends in ABORTED when its signal fires, tells the other side, and reports the answer that comes late', async () => {
    const { call, caller, late, attacker } = wrap()
    const controller = new AbortController()
    const kinds: unknown[] = []
    attacker.on('message', ({ kind, requestId }: { kind: unknown; requestId: unknown }) => {
      kinds.push(kind)
      const answer = { kind: 'answer', type: 'navigate-result', requestId, ok: true, value: 'late' }
      if (kind === 'abort') attacker.postMessage({ ...envelopeOf('souk-extension', identity), ...answer })
      else controller.abort()
    })
    const answered = call('navigate', null, { signal: controller.signal })
    expect(await answered).toMatchObject({ ok: false, error: { code: 'ABORTED' } })
    expect(caller.pending).toBe(0)
    await expect.poll(() => late).toHaveLength(1)
    expect(kinds).toEqual(['request', 'abort'])
  })

  test('sends nothing for a signal that has fired already', async () => {
    const { call, host, caller } = wrap()
    const request = vi.spyOn(host, 'request')
    expect(await call('navigate', null, { signal: AbortSignal.abort() })).toMatchObject({ error: { code: 'ABORTED' } })
    expect(request).not.toHaveBeenCalled()
    expect(caller.pending).toBe(0)
  })

  test('ends every waiting call in CLOSED when the channel closes, and calls after it', async () => {
    const { call, host, caller } = wrap()
    const answered = Promise.all([call('navigate', null), call('confirm', null)])
    host.close()
    expect(await answered).toMatchObject([{ error: { code: 'CLOSED' } }, { error: { code: 'CLOSED' } }])
    expect(await call('navigate', null)).toMatchObject({ error: { code: 'CLOSED' } })
    expect(caller.pending).toBe(0)
  })

  test('refuses what cannot be sent, before it is sent', async () => {
    const { call } = wrap()
    expect(await call('navigate', { a: Symbol('x') })).toMatchObject({
      ok: false,
      error: { code: 'VALUE_NOT_SENDABLE' },
    })
  })

  test('takes no more calls than may wait', async () => {
    const { call, host } = wrap({ pendingRequests: 1 })
    const first = call('navigate', null)
    expect(await call('navigate', null)).toMatchObject({ ok: false, error: { code: 'LIMIT_EXCEEDED' } })
    host.close()
    await first
  })

  test.each(['init', 'ping', 'close-surface'])('%s goes through however many wait', async (type) => {
    const { host, caller } = wrap({ pendingRequests: 1 }, ['navigate', type])
    const send = (id: string, name: string) =>
      caller.postMessage({ id, type: 'APPLY', path: [name], argumentList: [{ type: 'RAW', value: null }] })
    send('1', 'navigate')
    send('2', type)
    send('3', 'navigate')
    expect(caller.pending).toBe(2)
    host.close()
  })
})
