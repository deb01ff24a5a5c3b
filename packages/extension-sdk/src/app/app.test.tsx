import { describe, expect, expectTypeOf, test } from 'vitest'
import { type App, defineApp, defineConfig, type RecordContext, Settings } from '..'
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

test('an app is checked while it is written', () => {
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
