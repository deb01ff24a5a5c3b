// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import { Suspense, useEffect, useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { startWithFakeHost } from '../../test/support/fake-host'
import { type App, type RecordContext, Workflow } from '..'
import {
  Button,
  confirm,
  createServerFunction,
  type DialogProps,
  hasCapability,
  Input,
  invalidateAsyncCache,
  showDialog,
  showToast,
  Text,
  useAsyncCache,
  useCurrentUser,
  useHostContext,
  useRecord,
  useSettings,
  useSurfaceContext,
  withOptions,
} from '../client'
import { encodeValue, isRefusal } from '../protocol'

let running: { dispose(): void }[] = []
afterEach(() => {
  for (const host of running) host.dispose()
  running = []
})

const start: typeof startWithFakeHost = (app, services) => {
  const host = startWithFakeHost(app, services)
  running.push(host)
  return host
}

const context = { recordType: 'ticket', recordId: 't1' }
const widgetOf = (component: (props: RecordContext) => React.ReactNode): App => ({
  record: { widgets: [{ id: 'w', label: 'W', component }] },
})
const actionOf = (onTrigger: (context: RecordContext) => unknown): App => ({
  record: { actions: [{ id: 'a', label: 'A', onTrigger }] },
})
const widget = { kind: 'record.widgets', surfaceId: 'w', instanceId: 'i1', context }
const action = { kind: 'record.actions', surfaceId: 'a', instanceId: 'i1', context }
const encoded = (value: unknown) => {
  const result = encodeValue(value)
  return isRefusal(result) ? '' : result.text
}

const show = async (app: App, services?: Parameters<typeof startWithFakeHost>[1]) => {
  const host = start(app, services)
  await host.init()
  expect(await host.send('trigger-surface', widget)).toEqual({ ok: true, value: null })
  return host
}

describe('the form of the batches', () => {
  test.each([
    ['plain for a product that does not say that it understands packed ones', [], 'operations'],
    ['packed for one that does', ['packed-batches', 'what comes in ten years'], 'stream'],
  ])('is %s', async (_what, capabilities, field) => {
    const host = start(widgetOf(() => <Text tone="info">Hello</Text>))
    await host.init({ capabilities })
    await host.send('trigger-surface', widget)
    expect(host.draw('i1')).toEqual([['Text', { tone: 'info' }, ['Hello']]])
    expect(host.notices.at(-1)?.payload).toHaveProperty(field)
  })
})

describe('an extension that starts', () => {
  test('announces its surfaces and answers init and ping', async () => {
    const host = start(widgetOf(() => null))
    expect(await host.init()).toEqual({ ok: true, value: null })
    expect(await host.send('ping', null)).toEqual({ ok: true, value: null })
    expect(host.notices).toMatchObject([
      { type: 'set-surfaces', payload: { surfaces: [{ kind: 'record.widgets', id: 'w' }] } },
    ])
  })

  test('refuses a protocol that it does not speak by its code', async () => {
    const host = start({})
    expect(await host.init({ protocolVersion: 99 })).toMatchObject({
      ok: false,
      error: { code: 'PROTOCOL_VERSION_UNSUPPORTED', message: expect.stringContaining('99') },
    })
  })

  test('knows what the product can do, and nothing of one that does not say', async () => {
    const seen: boolean[] = []
    const host = start(actionOf(() => void seen.push(hasCapability('navigate'), hasCapability('constructor'))))
    await host.init({ capabilities: ['navigate', 'what comes in ten years'], unknownField: { a: 1 } })
    await host.send('trigger-surface', action)
    await host.init({ capabilities: undefined })
    await host.send('trigger-surface', action)
    expect(seen).toEqual([true, false, false, false])
  })

  test.each([
    ['no context', { context: null }],
    ['a theme that is none', { context: { theme: 'blue' } }],
    ['no settings', { settings: {} }],
    ['scopes that are no list', { grantedScopes: 'all' }],
    ['capabilities that are no list', { capabilities: 'all' }],
  ])('refuses an init with %s', async (_what, change) => {
    const host = start({})
    expect(await host.init(change)).toMatchObject({ ok: false, error: { code: 'INVALID_MESSAGE' } })
  })
})

describe('a widget', () => {
  test('is drawn into the root of its instance, with the record as props and by hook', async () => {
    const Widget = ({ recordId }: RecordContext) => (
      <Text>{`${recordId} ${useRecord().recordType} ${String(useSurfaceContext().recordId)}`}</Text>
    )
    const host = await show(widgetOf(Widget))
    expect(host.draw('i1')).toEqual([['Text', {}, ['t1 ticket t1']]])
  })

  test('that the bundle does not have is refused by name', async () => {
    const host = start(widgetOf(() => null))
    await host.init()
    for (const change of [{ surfaceId: 'x' }, { kind: 'record.actions' }, { kind: '__proto__' }])
      expect(await host.send('trigger-surface', { ...widget, ...change })).toMatchObject({
        error: { code: 'UNKNOWN_SURFACE' },
      })
  })

  test('follows its context and keeps its state', async () => {
    const Widget = ({ recordId }: RecordContext) => {
      const [first] = useState(recordId)
      return <Text>{`${first} ${recordId}`}</Text>
    }
    const host = await show(widgetOf(Widget))
    await host.send('context-changed', { instanceId: 'i1', context: { ...context, recordId: 't2' } })
    expect(host.draw('i1')).toEqual([['Text', {}, ['t1 t2']]])
  })

  test('sees theme, user and settings, and their changes', async () => {
    const Widget = () => (
      <Text>{`${useHostContext().theme} ${useCurrentUser().name} ${Object.values(useSettings().organization).join()}`}</Text>
    )
    const host = await show(widgetOf(Widget))
    expect(host.draw('i1')).toEqual([['Text', {}, ['light Ada https://api.example.com']]])
    await host.send('context-changed', { context: { theme: 'dark' } })
    await host.until(() => JSON.stringify(host.draw('i1')).includes('dark Ada'))
    expect(await host.send('context-changed', { context: { theme: 1 } })).toMatchObject({
      error: { code: 'INVALID_MESSAGE' },
    })
  })

  test('sends the batch an event causes before the answer to the event', async () => {
    const Widget = () => {
      const [value, setValue] = useState('')
      return <Input label="L" value={value} onChange={(text) => setValue(text.toUpperCase())} />
    }
    const host = await show(widgetOf(Widget))
    const handlerId = host.find('i1', 'Input', 'onChange')
    expect(await host.send('event-handler-call', { rootId: 'i1', handlerId, args: ['a'], eventVersion: 1 })).toEqual({
      ok: true,
      value: null,
    })
    expect(host.notices.at(-1)).toMatchObject({
      type: 'render-component',
      payload: {
        commit: 2,
        operations: [
          { op: 'ack', eventVersion: 1 },
          { op: 'set', props: { value: 'A' } },
        ],
      },
    })
  })

  test('answers a handler that throws with its message and without its stack', async () => {
    const press = () => {
      throw Object.assign(new Error('no money'), { code: 'CONFLICT' })
    }
    const host = await show(widgetOf(() => <Button onPress={press}>A</Button>))
    const answer = await host.send('event-handler-call', {
      rootId: 'i1',
      handlerId: host.find('i1', 'Button', 'onPress'),
      args: [],
    })
    expect(answer).toEqual({ ok: false, error: { code: 'CONFLICT', message: 'no money' } })
  })

  test('answers an async handler at once and reports its failure when it comes', async () => {
    const press = async () => {
      await Promise.resolve()
      throw new Error('later')
    }
    const host = await show(widgetOf(() => <Button onPress={press}>A</Button>))
    expect(
      await host.send('event-handler-call', {
        rootId: 'i1',
        handlerId: host.find('i1', 'Button', 'onPress'),
        args: [],
      }),
    ).toEqual({ ok: true, value: null })
    await host.until(() => host.notices.some(({ type }) => type === 'error'))
    expect(host.notices.at(-1)).toMatchObject({ type: 'error', payload: { code: 'EXTENSION_ERROR', message: 'later' } })
  })

  test('that throws while it draws is reported with its root and component stack', async () => {
    const Broken = () => {
      throw new Error('broken')
    }
    const host = await show(widgetOf(() => <Broken />))
    await host.until(() => host.notices.some(({ type }) => type === 'error'))
    expect(host.notices.at(-1)).toMatchObject({
      payload: {
        code: 'EXTENSION_ERROR',
        message: 'broken',
        rootId: 'i1',
        componentStack: expect.stringContaining('Broken'),
      },
    })
  })

  test('has cleaned up its effects when the answer to close-surface comes, and answers no events after', async () => {
    const cleaned: string[] = []
    const Widget = () => {
      useEffect(() => () => void cleaned.push('gone'), [])
      return <Button onPress={() => {}}>A</Button>
    }
    const host = await show(widgetOf(Widget))
    const handlerId = host.find('i1', 'Button', 'onPress')
    await host.send('close-surface', { instanceId: 'i1' })
    expect(cleaned).toEqual(['gone'])
    expect(await host.send('event-handler-call', { rootId: 'i1', handlerId, args: [] })).toMatchObject({
      error: { code: 'HANDLER_NOT_FOUND' },
    })
  })

  test('over the limit of roots is refused', async () => {
    const host = await show(widgetOf(() => <Text>A</Text>))
    const answers = await Promise.all(
      ['i2', 'i3', 'i4'].map((instanceId) => host.send('trigger-surface', { ...widget, instanceId })),
    )
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: false, error: { code: 'LIMIT_EXCEEDED' } }])
  })
})

describe('an action', () => {
  test('answers when it is done, and with its error when it fails', async () => {
    const seen: RecordContext[] = []
    const host = start(
      actionOf(async (record) => {
        seen.push(record)
        await showToast({ title: 'Done' })
        if (seen.length > 1) throw new Error('no')
      }),
    )
    await host.init()
    expect(await host.send('trigger-surface', action)).toEqual({ ok: true, value: null })
    expect(await host.send('trigger-surface', action)).toMatchObject({
      ok: false,
      error: { code: 'EXTENSION_ERROR', message: 'no' },
    })
    expect(seen).toEqual([context, context])
    expect(host.requests[0]).toEqual({ type: 'show-toast', payload: { title: 'Done', variant: 'info' } })
  })

  test('says when it wants to be shown, and is shown when it does not say', async () => {
    const host = start({
      record: {
        actions: [
          { id: 'a', label: 'A', onTrigger: () => {}, shouldShow: async ({ recordId }) => recordId === 't1' },
          { id: 'b', label: 'B', onTrigger: () => {} },
        ],
      },
    })
    await host.init()
    const ask = (surfaceId: string, recordId: string, expression = 'shouldShow') =>
      host.send('evaluate', { kind: 'record.actions', surfaceId, expression, context: { ...context, recordId } })
    expect([await ask('a', 't1'), await ask('a', 't2'), await ask('b', 't2')]).toMatchObject([
      { value: true },
      { value: false },
      { value: true },
    ])
    expect(await ask('a', 't1', 'constructor')).toMatchObject({ error: { code: 'METHOD_NOT_FOUND' } })
  })

  test('works out every expression it has, and refuses what cannot be sent', async () => {
    const surface = {
      id: 'a',
      label: 'A',
      onTrigger: () => {},
      getDefaults: async ({ recordId }: RecordContext) => ({ orderId: `order of ${recordId}` }),
    }
    const block = {
      id: 'a',
      label: 'A',
      execute: ({ id }: { readonly id: string }) => (id === 'f' ? () => {} : { found: id }),
      schema: {
        inputs: { id: Workflow.string({ label: 'Id' }) },
        computeOutputs: ({ id }: { readonly id?: string }) => ({ found: Workflow.string({ label: `About ${id}` }) }),
      },
    }
    const host = start({ record: { actions: [surface] }, workflow: { blocks: [block] } })
    await host.init()
    const ask = (expression: string) =>
      host.send('evaluate', { kind: 'record.actions', surfaceId: 'a', expression, context })
    expect(await ask('getDefaults')).toEqual({ ok: true, value: { orderId: 'order of t1' } })
    const blockCall = { kind: 'workflow.blocks', surfaceId: 'a' }
    expect(await host.send('evaluate', { ...blockCall, expression: 'computeOutputs', context: { id: '7' } })).toEqual({
      ok: true,
      value: { found: { type: 'string', label: 'About 7' } },
    })
    const run = (id: string) =>
      host.send('trigger-surface', { ...blockCall, instanceId: `run-${id}`, context: { input: { id } } })
    expect(await run('7')).toEqual({ ok: true, value: { found: '7' } })
    expect(await run('f')).toMatchObject({ ok: false, error: { code: 'VALUE_NOT_SENDABLE' } })
    expect(await ask('onTrigger')).toMatchObject({ ok: false, error: { code: 'METHOD_NOT_FOUND' } })
  })

  test('waits for what the user confirms', async () => {
    const answers: boolean[] = []
    const host = start(
      actionOf(async () => void answers.push(await confirm({ title: 'Sure?', destructive: true }))),
      { confirm: () => true },
    )
    await host.init()
    await host.send('trigger-surface', action)
    expect(answers).toEqual([true])
  })
})

describe('a dialog', () => {
  const events: string[] = []
  const Dialog = ({ close }: DialogProps) => {
    useEffect(() => () => void events.push('cleaned'), [])
    return <Button onPress={() => void close()}>Close</Button>
  }
  const open = async () => {
    events.length = 0
    const host = start(
      actionOf(async () => {
        const handle = await showDialog({ title: 'D', Dialog })
        void handle.closed.then(() => events.push('closed'))
      }),
    )
    await host.init()
    await host.send('trigger-surface', action)
    const { payload } = host.requests[0] as { payload: { dialogId: string } }
    return { host, rootId: `dialog:${payload.dialogId}`, dialogId: payload.dialogId }
  }

  test('opens before it draws, in a root of its own', async () => {
    const { host, rootId, dialogId } = await open()
    expect(host.requests).toEqual([{ type: 'open-dialog', payload: { dialogId, title: 'D', size: 'medium' } }])
    await host.until(() => host.draw(rootId) !== undefined)
    expect(host.draw(rootId)).toEqual([['Button', {}, ['Close']]])
  })

  test('that the extension closes is cleaned up, then taken away', async () => {
    const { host, rootId, dialogId } = await open()
    await host.until(() => host.draw(rootId) !== undefined)
    await host.send('event-handler-call', { rootId, handlerId: host.find(rootId, 'Button', 'onPress'), args: [] })
    await host.send('ping', null)
    expect(host.requests.at(-1)).toEqual({ type: 'close-dialog', payload: { dialogId } })
    expect(events).toEqual(['cleaned', 'closed'])
  })

  test('that the user closes is cleaned up and not closed again', async () => {
    const { host, rootId } = await open()
    await host.send('close-surface', { instanceId: rootId })
    expect(events).toEqual(['cleaned', 'closed'])
    expect(host.requests).toHaveLength(1)
  })

  test('that the product refuses is refused to the caller', async () => {
    const host = start(
      actionOf(() => showDialog({ title: 'D', Dialog })),
      {
        'open-dialog': () => {
          throw { code: 'LIMIT_EXCEEDED', message: 'Five dialogs are open.' }
        },
      },
    )
    await host.init()
    expect(await host.send('trigger-surface', action)).toMatchObject({ error: { code: 'LIMIT_EXCEEDED' } })
  })
})

describe('server functions', () => {
  const find = createServerFunction('src/orders.server.ts#find')

  test('send and return structured values', async () => {
    const results: unknown[] = []
    const host = start(
      actionOf(async () => void results.push(await find(new Date(0), 1n))),
      {
        'run-server-function': () => encoded(new Map([['a', new Set([1n])]])),
      },
    )
    await host.init()
    await host.send('trigger-surface', action)
    expect(host.requests).toMatchObject([
      {
        payload: {
          moduleHash: 'src/orders.server.ts#find',
          args: encoded([new Date(0), 1n]),
          idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    ])
    expect(results).toEqual([new Map([['a', new Set([1n])]])])
  })

  test('throw what the server function threw, with code, fields and retry time', async () => {
    const thrown: unknown[] = []
    const error = {
      code: 'INVALID_INPUT',
      message: 'no',
      fields: { 'a.b': 'missing' },
      retryAfterSeconds: 3,
      traceId: 't',
    }
    const host = start(
      actionOf(() => find().catch((caught: unknown) => void thrown.push(caught))),
      {
        'run-server-function': () => {
          throw error
        },
      },
    )
    await host.init()
    await host.send('trigger-surface', action)
    expect(thrown).toMatchObject([{ name: 'InvalidInputError', ...error }])
  })

  test('are given up by a signal or at a deadline, and the product is told', async () => {
    const ended: string[] = []
    const seen: AbortSignal[] = []
    const controller = new AbortController()
    const host = start(
      actionOf(async () => {
        const codeOf = (error: { code: string }) => void ended.push(error.code)
        const givenUp = withOptions(find, { signal: controller.signal })('a').catch(codeOf)
        await withOptions(find, { timeoutMs: 5 })('b').catch(codeOf)
        controller.abort()
        await givenUp
      }),
      {
        'run-server-function': (_payload, signal) => {
          seen.push(signal)
          return new Promise(() => {})
        },
      },
    )
    await host.init()
    expect(await host.send('trigger-surface', action)).toEqual({ ok: true, value: null })
    expect(ended).toEqual(['TIMEOUT', 'ABORTED'])
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, true])
    expect(host.pending()).toBe(0)
    expect(() => withOptions(async () => 1, {})).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })

  test('refuse arguments that cannot be sent, before anything is sent', async () => {
    const host = start(actionOf(() => find(() => {})))
    await host.init()
    expect(await host.send('trigger-surface', action)).toMatchObject({ error: { code: 'VALUE_NOT_SENDABLE' } })
    expect(host.requests).toEqual([])
  })

  test('are fetched once for all who show them, and again when forgotten', async () => {
    let calls = 0
    const Show = () => <Text>{String(useAsyncCache(find, 'x'))}</Text>
    const Widget = () => (
      <Suspense fallback={<Text>waiting</Text>}>
        <Show />
        <Show />
        <Button onPress={() => invalidateAsyncCache(find)}>Again</Button>
      </Suspense>
    )
    const host = await show(widgetOf(Widget), { 'run-server-function': () => encoded(`order ${++calls}`) })
    await host.until(() => JSON.stringify(host.draw('i1')).match(/order 1/g)?.length === 2)
    await host.send('event-handler-call', { rootId: 'i1', handlerId: host.find('i1', 'Button', 'onPress'), args: [] })
    await host.until(() => JSON.stringify(host.draw('i1')).match(/order 2/g)?.length === 2)
    expect(calls).toBe(2)
  })
})

test('a disposed extension answers nothing, sends nothing and is no runtime any more', async () => {
  const host = await show(widgetOf(() => <Text>A</Text>))
  host.dispose()
  await expect(showToast({ title: 'A' })).rejects.toMatchObject({ code: 'CLOSED' })
  expect(host.refusals).toEqual([])
})
