// @vitest-environment jsdom
import { type ConnectExtension, type SoukClient, SoukProvider, Surface, SurfaceActions } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createElement as h, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { defineApp } from '../packages/extension-sdk/src/app/define-app'
import * as client from '../packages/extension-sdk/src/client'
import { startExtension } from '../packages/extension-sdk/src/runtime/start-extension'

/** The real host with the real components, and the real runtime of an extension, at the two ends of a real port. Only the frame is missing. */

// React Aria's modal needs it, and jsdom does not have it.
vi.stubGlobal('CSS', { escape: (text: string) => text })

afterEach(cleanup)

const { Button, Card, Input, Stack, Text } = client
const record = { recordType: 'ticket', recordId: '7' }
const greet = client.createServerFunction('src/greet.server.ts#greet')

const Widget = () => {
  const [name, setName] = useState('')
  const [result, setResult] = useState('')
  const [rows, setRows] = useState(['one', 'two', 'three', 'four', 'five'])
  return h(
    Stack,
    {},
    h(Text, {}, `Record ${client.useRecord().recordId}`),
    h(Text, {}, `${client.useHostContext().theme} for ${client.useCurrentUser().id}`),
    h(Input, { label: 'Name', value: name, onChange: (text: string) => setName(text.toUpperCase()) }),
    h(
      Card,
      {
        title: 'Greeting',
        actions: h(Button, { label: 'Greet', onPress: () => void greet(name).then((text) => setResult(String(text))) }),
      },
      result,
    ),
    h(Button, { label: 'Reverse', onPress: () => setRows([...rows].reverse()) }),
    ...rows.map((row) => h(Text, { key: row }, row)),
  )
}

const Refund = ({ close }: { readonly close: () => void }) => {
  const confirmAndClose = async () => {
    if (!(await client.confirm({ title: 'Refund it?', confirmLabel: 'Yes, refund' }))) return
    await client.showToast({ title: 'Refunded', variant: 'success' })
    close()
  }
  return h(Button, { label: 'Refund all', onPress: confirmAndClose })
}

const app = defineApp({
  record: {
    widgets: [{ id: 'orders', label: 'Orders', component: Widget }],
    actions: [
      { id: 'archive', label: 'Archive', onTrigger: () => {}, shouldShow: ({ recordId }) => recordId === '8' },
      {
        id: 'refund',
        label: 'Refund',
        onTrigger: () => void client.showDialog({ title: 'Refund', size: 'small', Dialog: Refund }),
      },
    ],
  },
})

const mount = () => {
  const connect: ConnectExtension = ({ extension, onConnect }) => {
    const { port1, port2 } = new MessageChannel()
    const running = startExtension({ app, port: port2, identity: extension })
    queueMicrotask(() => onConnect(port1, 1))
    return { dispose: () => running.dispose() }
  }
  const extension = {
    appId: 'app',
    appInstallationId: 'inst1',
    deploymentId: 'dep1',
    slug: 'orders',
    title: 'Order desk',
    avatarUrl: null,
    version: '1.0.0',
    isolation: 'origin',
    frameUrl: 'http://inst1.localhost/frame',
    surfaces: [
      { kind: 'record.widgets', id: 'orders', label: 'Orders' },
      { kind: 'record.actions', id: 'refund', label: 'Refund' },
      { kind: 'record.actions', id: 'archive', label: 'Archive', expressions: ['shouldShow'] },
    ],
    grantedScopes: [],
    settings: { organization: {}, user: {} },
    needsConfiguration: false,
  } as const
  // Only what a surface uses of the client.
  const soukClient = {
    extensions: async () => [extension],
    callFunction: async (_id, { args }) => ({
      result: JSON.stringify(`Hello ${JSON.parse(args)[0]}`),
      traceId: 't',
      durationMs: 1,
    }),
    subscribe: () => () => {},
  } satisfies Partial<SoukClient> as unknown as SoukClient
  const onDiagnostic = vi.fn()
  const page = (theme: 'light' | 'dark', userId: string, place: typeof record) =>
    h(
      SoukProvider,
      {
        client: soukClient,
        registry: standardRegistry,
        connect,
        onDiagnostic,
        context: { theme, locale: 'en-GB', timeZone: 'UTC', user: { id: userId }, organization: { id: 'o1' } },
        services: { navigate: () => {}, openRecord: () => {} },
      },
      h(Surface, { name: 'record.widgets', context: place }),
      h(SurfaceActions, {
        name: 'record.actions',
        context: place,
        render: (actions) =>
          actions.map(({ key, label, run }) => h('button', { key, type: 'button', onClick: () => void run() }, label)),
      }),
    )
  const { rerender } = render(page('light', 'u1', record))
  const change = (...changes: Parameters<typeof page>) => rerender(page(...changes))
  return { onDiagnostic, change, user: userEvent.setup() }
}

test('a widget is drawn, typed into, reordered and calls its server function', async () => {
  const { user, onDiagnostic } = mount()
  await screen.findByText('Record 7')
  const input = screen.getByLabelText<HTMLInputElement>('Name')
  await user.type(input, 'ada')
  await waitFor(() => expect(input.value).toBe('ADA'))
  await user.click(screen.getByRole('button', { name: 'Greet' }))
  expect(await screen.findByText('Hello ADA')).toBeTruthy()
  const order = () => screen.getAllByText(/^(one|two|three|four|five)$/).map((row) => row.textContent)
  const five = screen.getByText('five')
  await user.click(screen.getByRole('button', { name: 'Reverse' }))
  await waitFor(() => expect(order()).toEqual(['five', 'four', 'three', 'two', 'one']))
  expect(screen.getByText('five')).toBe(five)
  expect(onDiagnostic).not.toHaveBeenCalled()
})

test('an action opens a dialog that asks, tells and closes itself', async () => {
  const { user, onDiagnostic } = mount()
  await user.click(await screen.findByRole('button', { name: 'Refund' }))
  const dialog = await screen.findByRole('dialog', { name: 'Refund' })
  await user.click(await within(dialog).findByRole('button', { name: 'Refund all' }))
  await user.click(await screen.findByRole('button', { name: 'Yes, refund' }))
  expect(await screen.findByText('Refunded')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Refund' })).toBeNull())
  expect(onDiagnostic).not.toHaveBeenCalled()
})

test('theme, user and record reach the hooks of what is on the screen, which keeps its state', async () => {
  const { user, change, onDiagnostic } = mount()
  await screen.findByText('light for u1')
  const input = screen.getByLabelText<HTMLInputElement>('Name')
  await user.type(input, 'ada')
  await waitFor(() => expect(input.value).toBe('ADA'))
  change('dark', 'u1', record)
  await screen.findByText('dark for u1')
  change('dark', 'u2', { ...record, recordId: '8' })
  await screen.findByText('dark for u2')
  await screen.findByText('Record 8')
  expect(screen.getByLabelText('Name')).toBe(input)
  expect(input.value).toBe('ADA')
  expect(onDiagnostic).not.toHaveBeenCalled()
})

test('an action whose shouldShow says no is offered again when its record changes', async () => {
  const { change, onDiagnostic } = mount()
  await screen.findByText('Record 7')
  expect(screen.queryByRole('button', { name: 'Archive' })).toBeNull()
  change('light', 'u1', { ...record, recordId: '8' })
  expect(await screen.findByRole('button', { name: 'Archive' })).toBeTruthy()
  expect(onDiagnostic).not.toHaveBeenCalled()
})
