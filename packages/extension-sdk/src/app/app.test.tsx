import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type App,
  type CallTextContext,
  defineApp,
  defineBlock,
  defineConfig,
  defineQuickAction,
  defineTrigger,
  type InferWorkflowInput,
  type InferWorkflowOutput,
  type RecordContext,
  type RecordsContext,
  Settings,
  Workflow,
} from '..'
import { createServerFunction } from '../client'
import { defineContract, parseManifest, standardContract } from '../protocol'
import { describeApp } from './describe-app'

const app = {
  record: {
    actions: [{ id: 'refund', label: 'Refund', icon: 'coins', recordTypes: ['ticket'], onTrigger: () => {} }],
    widgets: [{ id: 'orders', label: 'Orders', description: 'The last orders', component: () => null }],
  },
  settings: { organization: { apiUrl: Settings.string({ label: 'API URL' }) } },
} satisfies App

describe('describeApp', () => {
  test('says where the app appears and what it lets people set, and nothing it does', () => {
    expect(describeApp(app)).toEqual({
      surfaces: [
        { kind: 'record.actions', id: 'refund', label: 'Refund', icon: 'coins', recordTypes: ['ticket'] },
        { kind: 'record.widgets', id: 'orders', label: 'Orders', description: 'The last orders' },
      ],
      settings: { organization: { apiUrl: { type: 'string', label: 'API URL' } }, user: {} },
    })
  })

  test('names the expressions a surface has, and only those', () => {
    const action = { id: 'a', label: 'A', onTrigger: () => {}, shouldShow: () => true }
    expect(describeApp({ record: { actions: [action] } }).surfaces).toEqual([
      { kind: 'record.actions', id: 'a', label: 'A', expressions: ['shouldShow'] },
    ])
  })

  test('of an app without anything is empty', () => {
    expect(describeApp({})).toEqual({ surfaces: [], settings: { organization: {}, user: {} } })
  })

  test('refuses two surfaces of a kind with one id, and allows them over kinds', () => {
    const widget = { id: 'a', label: 'A', component: () => null }
    expect(() => describeApp({ record: { widgets: [widget, widget] } })).toThrow(
      expect.objectContaining({ code: 'INVALID_MANIFEST' }),
    )
    const action = { id: 'a', label: 'A', onTrigger: () => {} }
    expect(describeApp({ record: { widgets: [widget], actions: [action] } }).surfaces).toHaveLength(2)
  })
})

const schema = {
  inputs: {
    channel: Workflow.select({ label: 'Channel', options: ['general', { value: 'ops', label: 'Operations' }] }),
    text: Workflow.string({ label: 'Text', maxLength: 100 }),
    count: Workflow.number({ label: 'Count', default: 1 }),
    loud: Workflow.boolean({ label: 'Loud' }).optional(),
    lines: Workflow.array({
      items: Workflow.struct({ sku: Workflow.string(), amount: Workflow.number({ required: false }) }),
    }),
  },
  outputs: { id: Workflow.string(), at: Workflow.datetime() },
}

const everything: App = {
  record: {
    actions: [{ id: 'a', label: 'A', onTrigger: () => {} }],
    bulkActions: [{ id: 'a', label: 'A', onTrigger: () => {} }],
    widgets: [{ id: 'a', label: 'A', component: () => null }],
  },
  callRecording: {
    insight: { textActions: [{ id: 'a', label: 'A', onTrigger: () => {} }] },
    summary: [{ id: 'a', label: 'A', onTrigger: () => {} }],
    transcript: { textActions: [{ id: 'a', label: 'A', onTrigger: () => {} }] },
  },
  workflow: {
    blocks: [
      {
        id: 'send',
        label: 'Send',
        category: 'Messages',
        color: 'violet',
        schema,
        node: () => null,
        panel: () => null,
        execute: createServerFunction('src/send.server.ts#default'),
        config: { retries: 2, canRunSingle: true },
      },
    ],
    triggers: [
      {
        id: 'received',
        label: 'Received',
        schema,
        panel: () => null,
        execute: async () => ({ events: [], state: {} }),
        config: { polling: { intervalMinutes: 5 } },
      },
    ],
  },
  quickActions: [
    {
      id: 'send-now',
      label: 'Send now',
      schema,
      execute: () => {},
      getDefaults: () => ({}),
      config: { requiresConfirmation: true, confirmationMessage: 'Sure?' },
    },
  ],
}

describe('describeApp, of an app with every surface', () => {
  const { surfaces } = describeApp(everything)

  test('lists each with its kind, and the node and the panel of a step as their own', () => {
    expect(surfaces.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'record.actions a',
      'record.bulkActions a',
      'record.widgets a',
      'callRecording.insight a',
      'callRecording.summary a',
      'callRecording.transcript a',
      'workflow.blocks send',
      'workflow.nodes send',
      'workflow.panels send',
      'workflow.triggers received',
      'workflow.panels received',
      'quickActions send-now',
    ])
    expect(surfaces.every(({ kind }) => Object.hasOwn(standardContract.surfaces, kind))).toBe(true)
  })

  test('says what a step takes and gives, and which server function does it', () => {
    expect(surfaces.find(({ kind }) => kind === 'workflow.blocks')).toMatchObject({
      category: 'Messages',
      color: 'violet',
      execute: 'src/send.server.ts#default',
      config: { retries: 2, canRunSingle: true },
      inputs: {
        channel: {
          type: 'select',
          options: [
            { value: 'general', label: 'general' },
            { value: 'ops', label: 'Operations' },
          ],
        },
        count: { type: 'number', default: 1 },
        loud: { type: 'boolean', optional: true },
        lines: { type: 'array', items: { type: 'struct', fields: { amount: { type: 'number', optional: true } } } },
      },
      outputs: { id: { type: 'string' }, at: { type: 'datetime' } },
    })
    expect(surfaces.at(-1)).toMatchObject({ expressions: ['getDefaults'], config: { requiresConfirmation: true } })
  })

  test('is what the parser of the manifest takes', () => {
    const manifest = {
      ...{ manifestVersion: 1, id: 'a', version: '1.0.0', protocolVersion: 1, scopes: [], egress: { server: [] } },
      ...{ surfaces, settings: { organization: {}, user: {} }, functions: [] },
    }
    expect(parseManifest(manifest)).toEqual(manifest)
  })

  test.each<[string, unknown, string]>([
    ['a block without a schema', { id: 'b', label: 'B', execute: () => {} }, 'schema must be'],
    ['a field that is none', { id: 'b', label: 'B', schema: { inputs: { a: 5 } }, execute: () => {} }, 'is no field'],
    ['a block that does nothing', { id: 'b', label: 'B', schema: { inputs: {} } }, 'execute must be a function'],
    [
      'a pattern that is none',
      { id: 'b', label: 'B', schema: { inputs: { a: Workflow.string({ pattern: '(' }) } }, execute: () => {} },
      'no regular expression',
    ],
  ])('refuses %s', (_name, block, sentence) => {
    // What JavaScript lets an author write.
    const app = { workflow: { blocks: [block] } } as App
    expect(() => describeApp(app)).toThrow(expect.objectContaining({ code: 'INVALID_MANIFEST' }))
    expect(() => describeApp(app)).toThrow(sentence)
  })

  test('a block and a trigger with panels cannot share an id', () => {
    const step = { id: 's', label: 'S', schema, panel: () => null, execute: () => {} }
    expect(() => describeApp({ workflow: { blocks: [step], triggers: [step] } })).toThrow(
      'workflow.panels has two surfaces with the id "s"',
    )
  })
})

test('surfaces that a product declares are typed by its contract', () => {
  const contract = defineContract({
    components: standardContract.components,
    surfaces: {
      ...standardContract.surfaces,
      'ticket.sidebar': { description: '', behavior: 'render', context: { ticketId: { type: 'string' } } },
      'ticket.closed': { description: '', behavior: 'trigger', context: { ticketId: { type: 'string' } } },
    },
  })
  const own: App<typeof contract> = {
    surfaces: {
      'ticket.sidebar': [{ id: 'a', label: 'A', component: ({ ticketId }) => ticketId.toUpperCase() }],
      'ticket.closed': [
        { id: 'a', label: 'A', onTrigger: (context) => expectTypeOf(context.ticketId).toEqualTypeOf<string>() },
      ],
    },
  }
  expect(describeApp(own).surfaces).toEqual([
    { kind: 'ticket.sidebar', id: 'a', label: 'A' },
    { kind: 'ticket.closed', id: 'a', label: 'A' },
  ])
  const wrong: readonly App<typeof contract>[] = [
    // @ts-expect-error the contract has no such place
    { surfaces: { 'ticket.header': [] } },
    // @ts-expect-error what is drawn has a component
    { surfaces: { 'ticket.sidebar': [{ id: 'a', label: 'A', onTrigger: () => {} }] } },
    // @ts-expect-error the context has no orderId
    { surfaces: { 'ticket.closed': [{ id: 'a', label: 'A', onTrigger: ({ orderId }) => orderId }] } },
  ]
  expect(wrong).toHaveLength(3)
})

test('what a block takes and gives follows from its schema', () => {
  expectTypeOf<InferWorkflowInput<typeof schema>>().toEqualTypeOf<{
    readonly channel: 'general' | 'ops'
    readonly text: string
    readonly count: number
    readonly loud?: boolean | undefined
    readonly lines: readonly { readonly sku: string; readonly amount?: number | undefined }[]
  }>()
  expectTypeOf<InferWorkflowOutput<typeof schema>>().toEqualTypeOf<{ readonly id: string; readonly at: string }>()
  const output = { id: '1', at: '2026-01-01T00:00:00Z' }
  defineBlock({ id: 'b', label: 'B', schema, execute: ({ channel }) => ({ ...output, id: channel }) })
  defineTrigger({
    id: 't',
    label: 'T',
    schema,
    execute: async (_input, { state }: { state?: { since: string } }) => ({
      events: [output],
      state: { since: state?.since ?? '' },
    }),
  })
  defineQuickAction({
    id: 'q',
    label: 'Q',
    schema,
    execute: ({ text }) => text,
    getDefaults: () => ({ text: 'Hello' }),
  })
  // @ts-expect-error the schema has no such input
  defineBlock({ id: 'b', label: 'B', schema, execute: ({ topic }) => ({ ...output, id: topic }) })
  // @ts-expect-error the output lacks a field
  defineBlock({ id: 'b', label: 'B', schema, execute: () => ({ id: '1' }) })
  // @ts-expect-error a trigger gives events and a state
  defineTrigger({ id: 't', label: 'T', schema, execute: async () => [output] })
  // @ts-expect-error a default has the type of its field
  defineQuickAction({ id: 'q', label: 'Q', schema, execute: () => {}, getDefaults: () => ({ text: 5 }) })
})

test('a field of a block is checked while it is written', () => {
  // @ts-expect-error `stepp` is not an option of number()
  Workflow.number({ label: 'A', stepp: 1 })
  // @ts-expect-error text has no smallest value
  Workflow.string({ label: 'A', min: 1 })
  // @ts-expect-error the default of a number is a number
  Workflow.number({ label: 'A', default: 'one' })
  // @ts-expect-error the default is none of the options
  Workflow.select({ options: ['a', 'b'], default: 'c' })
  // @ts-expect-error a select needs its options
  expect(() => Workflow.select({ label: 'A' })).toThrow()
  // @ts-expect-error an array says what it is of
  expect(() => Workflow.array({ label: 'A' })).toThrow()
  // @ts-expect-error a struct is made of fields
  Workflow.struct({ a: 'text' })
  // @ts-expect-error the default comes from the options
  Workflow.select({ options: ['a', 'b'] }).default('c')
})

test('an app is checked while it is written', () => {
  const texts: App = {
    record: {
      bulkActions: [{ id: 'a', label: 'A', onTrigger: (c) => expectTypeOf(c).toEqualTypeOf<RecordsContext>() }],
    },
    callRecording: {
      summary: [{ id: 'a', label: 'A', onTrigger: (c) => expectTypeOf(c).toEqualTypeOf<CallTextContext>() }],
    },
  }
  expect(describeApp(texts).surfaces).toHaveLength(2)
  // @ts-expect-error a bulk action gets several records
  defineApp({ record: { bulkActions: [{ id: 'a', label: 'A', onTrigger: (_context: RecordContext) => {} }] } })
  // @ts-expect-error there is no such part of a call
  const noPart: App = { callRecording: { notes: [] } }
  // @ts-expect-error a quick action needs its schema
  defineApp({ quickActions: [{ id: 'a', label: 'A', execute: () => {} }] })
  expect(noPart).toBeDefined()
  defineApp({
    record: {
      actions: [{ id: 'a', label: 'A', onTrigger: (context) => expectTypeOf(context).toEqualTypeOf<RecordContext>() }],
    },
  })
  // @ts-expect-error an action needs onTrigger
  defineApp({ record: { actions: [{ id: 'a', label: 'A' }] } })
  // @ts-expect-error a widget gets a record, nothing else
  defineApp({ record: { widgets: [{ id: 'a', label: 'A', component: (_props: { orderId: string }) => null }] } })
  // @ts-expect-error there is no such kind of settings
  defineApp({ settings: { team: {} } })
})

test('a configuration is checked while it is written', () => {
  defineConfig({
    id: 'orders',
    scopes: [{ id: 'tickets:read', purpose: 'To show orders beside a ticket.' }],
    egress: {
      server: [
        {
          host: 'api.example.com',
          purpose: 'Orders',
          attach: { setting: 'apiKey', header: 'Authorization', format: 'Bearer {value}' },
        },
      ],
    },
    listing: { title: 'Orders' },
  })
  // @ts-expect-error a scope needs its purpose
  defineConfig({ id: 'orders', scopes: [{ id: 'tickets:read' }] })
  // @ts-expect-error a configuration needs the app's id
  defineConfig({})
})
