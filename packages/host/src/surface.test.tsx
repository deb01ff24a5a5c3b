import type { PlainValue } from '@souk/extension-sdk/protocol'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { HostError } from './host-error'
import { SoukProvider } from './provider'
import { Surface } from './surface'
import { SurfaceActions } from './surface-actions'
import { createFakeClient } from './testing/fake-client'
import {
  createFakeExtensions,
  element,
  type FakeExtension,
  insert,
  testExtension,
  textNode,
} from './testing/fake-extension'
import { testRegistry } from './testing/test-registry'

const context = {
  theme: 'light',
  locale: 'en-GB',
  timeZone: 'Europe/Berlin',
  user: { id: 'u1' },
  organization: { id: 'o1' },
} as const

type Reply = NonNullable<Parameters<typeof createFakeExtensions>[0]>

/** A widget that shows which record it is for. */
const drawRecord: Reply = ({ type, payload }, extension) => {
  if (type === 'trigger-surface' && payload.kind === 'record.widgets') {
    const { recordId } = payload.context as { recordId: string }
    extension.commit(
      String(payload.instanceId),
      insert(element(1, 'Text', [textNode(2, `Orders of ${recordId}`)])),
      insert(element(3, 'Button', [], { label: 'Reload' }, ['onPress'])),
    )
  }
  return null
}

const setup = (reply: Reply = drawRecord, extensions = [testExtension()]) => {
  const fakes = createFakeExtensions(reply)
  const fakeClient = createFakeClient(extensions)
  const services = { navigate: vi.fn(), openRecord: vi.fn(), openUrl: vi.fn() }
  const onDiagnostic = vi.fn()
  const page = (children: ReactNode, theme: 'light' | 'dark' = 'light', registry = testRegistry) => (
    <StrictMode>
      <SoukProvider
        client={fakeClient.client}
        registry={registry}
        context={{ ...context, theme }}
        services={services}
        connect={fakes.connect}
        onDiagnostic={onDiagnostic}
      >
        {children}
      </SoukProvider>
    </StrictMode>
  )
  const alive = (): FakeExtension => {
    const found = fakes.running.find((fake) => !fake.isDisposed())
    if (!found) throw new Error('No extension is running.')
    return found
  }
  return { ...fakes, ...fakeClient, services, onDiagnostic, page, alive }
}

const widget = (recordId = '7', recordType = 'ticket') => (
  <Surface name="record.widgets" context={{ recordType, recordId }} />
)

const actions = (
  <SurfaceActions
    name="record.actions"
    context={{ recordType: 'ticket', recordId: '7' }}
    render={(list) =>
      list.map((action) => (
        <button key={action.key} type="button" disabled={action.isRunning} onClick={() => void action.run()}>
          {action.label}
        </button>
      ))
    }
  />
)

const requests = (extension: FakeExtension, type: string) => extension.received.filter((one) => one.type === type)

describe('widgets', () => {
  test('an installed widget is drawn in its frame with the product components, and its events arrive', async () => {
    const { page, alive, running } = setup()
    render(page(widget()))
    const frame = await screen.findByRole('article', { name: 'Recent orders by Orders' })
    await within(frame).findByText('Orders of 7')
    expect(requests(alive(), 'init')[0]?.payload).toMatchObject({
      context: { locale: 'en-GB' },
      grantedScopes: ['orders:read'],
    })
    fireEvent.click(screen.getByRole('button', { name: 'Reload' }))
    await waitFor(() =>
      expect(requests(alive(), 'event-handler-call')[0]?.payload).toMatchObject({ handlerId: '3:onPress', args: [] }),
    )
    expect(running.filter((fake) => !fake.isDisposed())).toHaveLength(1)
  })

  test('all surfaces of an installation share one frame, and no frame starts without a surface', async () => {
    const { page, running } = setup()
    const { rerender } = render(page(null))
    await act(async () => {})
    expect(running).toHaveLength(0)
    rerender(
      page(
        <>
          {widget('1')}
          {widget('2')}
        </>,
      ),
    )
    await screen.findByText('Orders of 1')
    await screen.findByText('Orders of 2')
    expect(running).toHaveLength(1)
  })

  test('another record type has no such widget', async () => {
    const { page, running } = setup()
    render(page(widget('7', 'customer')))
    await act(async () => {})
    expect(screen.queryByRole('article')).toBeNull()
    expect(running).toHaveLength(0)
  })

  test('a change of the record is told to the same instance', async () => {
    const { page, alive } = setup()
    const { rerender } = render(page(widget('7')))
    await screen.findByText('Orders of 7')
    rerender(page(widget('8')))
    await waitFor(() =>
      expect(requests(alive(), 'context-changed')[0]?.payload).toMatchObject({ context: { recordId: '8' } }),
    )
  })

  test('a change of the theme is told to what runs', async () => {
    const { page, alive } = setup()
    const { rerender } = render(page(widget()))
    await screen.findByText('Orders of 7')
    rerender(page(widget(), 'dark'))
    await waitFor(() =>
      expect(requests(alive(), 'context-changed')[0]?.payload).toMatchObject({ context: { theme: 'dark' } }),
    )
  })

  test('a surface that leaves the page is closed in the extension', async () => {
    const { page, alive } = setup()
    const { rerender } = render(page(widget()))
    await screen.findByText('Orders of 7')
    const before = requests(alive(), 'close-surface').length
    rerender(page(null))
    await waitFor(() => expect(requests(alive(), 'close-surface')).toHaveLength(before + 1))
  })

  test.each([
    ['more than the contract names', { recordType: 'ticket', recordId: '7', secret: 'x' }],
    ['less than the contract names', { recordType: 'ticket' }],
    ['another type', { recordType: 'ticket', recordId: 7 }],
  ])('a context with %s never leaves the page', async (_name, wrong) => {
    const { page, running, onDiagnostic } = setup()
    // The types refuse it too; a product without types has only this check.
    render(
      page(<Surface name="record.widgets" context={wrong as unknown as { recordType: string; recordId: string }} />),
    )
    await waitFor(() => expect(onDiagnostic).toHaveBeenCalledWith(expect.objectContaining({ code: 'INVALID_CONTEXT' })))
    expect(running).toHaveLength(0)
  })

  test('a surface that the contract does not have is reported', async () => {
    const { page, onDiagnostic } = setup()
    render(page(<Surface name={'constructor' as 'record.widgets'} context={{ recordType: 'a', recordId: 'b' }} />))
    await waitFor(() => expect(onDiagnostic).toHaveBeenCalledWith(expect.objectContaining({ code: 'UNKNOWN_SURFACE' })))
  })

  test('an extension without its required settings says so and does not run', async () => {
    const { page, running } = setup(drawRecord, [testExtension({ needsConfiguration: true })])
    render(page(widget()))
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'NOT_CONFIGURED')
    expect(running).toHaveLength(0)
  })

  test('on the server nothing is drawn and nothing breaks', () => {
    const { page } = setup()
    expect(renderToString(page(widget()))).toBe('')
  })
})

describe('what is installed', () => {
  test('an uninstalled extension is gone at once, frame and all', async () => {
    const { page, change, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const extension = alive()
    await act(async () => change([]))
    expect(screen.queryByRole('article')).toBeNull()
    await waitFor(() => expect(extension.isDisposed()).toBe(true))
  })

  test('an upgrade ends the old version and starts the new one', async () => {
    const { page, change, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const old = alive()
    await act(async () => change([testExtension({ deploymentId: 'dep2', version: '2.0.0' })]))
    await waitFor(() => expect(alive().extension.deploymentId).toBe('dep2'))
    await waitFor(() => expect(old.isDisposed()).toBe(true))
    expect(await screen.findByText('Orders of 7')).toBeVisible()
  })

  test('a reload that changes nothing leaves what runs alone', async () => {
    const { page, change, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const extension = alive()
    await act(async () => change([testExtension()]))
    expect(alive()).toBe(extension)
    expect(screen.getByText('Orders of 7')).toBeVisible()
  })

  test('nothing runs after the provider has left', async () => {
    const { page, running } = setup()
    const { unmount } = render(page(widget()))
    await screen.findByText('Orders of 7')
    unmount()
    await waitFor(() => expect(running.every((fake) => fake.isDisposed())).toBe(true))
  })
})

describe('failures', () => {
  test('an unauthorized component takes down its root, and a retry draws it again in the same frame', async () => {
    let isEvil = true
    const { page, running } = setup((request, extension) => {
      if (request.type === 'trigger-surface' && isEvil)
        extension.commit(String(request.payload.instanceId), insert(element(1, 'Iframe')))
      else drawRecord(request, extension)
      return null
    })
    render(
      page(
        <>
          <p>The page</p>
          {widget()}
        </>,
      ),
    )
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'UNAUTHORIZED_COMPONENT')
    expect(screen.getByText('The page')).toBeVisible()
    isEvil = false
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
    await screen.findByText('Orders of 7')
    expect(running).toHaveLength(1)
  })

  test('a frame that ended shows a notice, and a retry starts a new one', async () => {
    const { page, alive, running } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    act(() => alive().notify('stopped', { code: 'EXTENSION_UNRESPONSIVE', message: 'It hung.' }))
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'EXTENSION_UNRESPONSIVE')
    expect(running[0]?.isDisposed()).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
    await screen.findByText('Orders of 7')
    expect(running).toHaveLength(2)
  })

  test('a paused extension stays visible and out of reach under a notice until it goes on', async () => {
    const { page, alive, onDiagnostic } = setup()
    render(page(widget()))
    const drawn = await screen.findByText('Orders of 7')
    act(() => alive().notify('frozen', { code: 'EXTENSION_FROZEN', message: 'It sent too much.' }))
    const notice = await screen.findByRole('alert')
    expect(notice).toHaveAttribute('data-code', 'EXTENSION_FROZEN')
    expect(notice.closest('[inert]')).toBeNull()
    expect(drawn).toBeVisible()
    expect(drawn.closest('[inert]')).not.toBeNull()
    expect(onDiagnostic).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'EXTENSION_FROZEN', traceId: notice.dataset.traceId }),
    )
    // jsdom lets a click through where a browser would not; the extension is not told of it all the same.
    fireEvent.click(screen.getByText('Reload'))
    await act(async () => {})
    expect(requests(alive(), 'event-handler-call')).toHaveLength(0)

    act(() => alive().notify('thawed', {}))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(screen.getByText('Orders of 7')).toBe(drawn)
    expect(drawn.closest('[inert]')).toBeNull()
    fireEvent.click(screen.getByText('Reload'))
    await waitFor(() => expect(requests(alive(), 'event-handler-call')).toHaveLength(1))
  })

  test('a retry starts a paused extension anew', async () => {
    const { page, alive, running } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    act(() => alive().notify('frozen', { code: 'EXTENSION_FROZEN', message: 'It sent too much.' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(running).toHaveLength(2))
    expect(running[0]?.isDisposed()).toBe(true)
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    await screen.findByText('Orders of 7')
  })

  test.each([
    ['the frame that stopped', (fake: FakeExtension) => fake.notify('stopped', { code: 'RATE_LIMITED', message: 'x' })],
    [
      'a root that failed',
      (fake: FakeExtension) =>
        fake.commit(String(requests(fake, 'trigger-surface').at(-1)?.payload.instanceId), insert(element(9, 'Iframe'))),
    ],
  ])('the notice of %s has the trace id of its report', async (_what, fail) => {
    const { page, alive, onDiagnostic } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    act(() => fail(alive()))
    const { traceId = '' } = (await screen.findByRole('alert')).dataset
    expect(traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(onDiagnostic).toHaveBeenCalledWith(expect.objectContaining({ traceId }))
  })

  test('a frame that sends more than a relay lets through is ended', async () => {
    const { page, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    for (let count = 0; count < 20_000; count++) alive().notify('log', { level: 'info', message: 'x' })
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'RATE_LIMITED')
  })

  test('an error while drawing takes down its own root', async () => {
    const { page, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const rootId = String(requests(alive(), 'trigger-surface').at(-1)?.payload.instanceId)
    act(() => alive().notify('error', { code: 'EXTENSION_ERROR', message: 'x is undefined', rootId }))
    expect(await screen.findByRole('alert')).toHaveTextContent('x is undefined')
  })

  test('a surface that cannot be triggered says why, with its trace id', async () => {
    const { page } = setup(({ type }) => {
      if (type === 'trigger-surface') throw new Error('no such widget')
      return null
    })
    render(page(widget()))
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('no such widget')
    expect(alert).toHaveAttribute('data-trace-id', 'trace-1')
  })

  test('a bundle that fails to load is told at once', async () => {
    const { page, alive } = setup(({ type }) => (type === 'init' ? new Promise<PlainValue>(() => {}) : null))
    render(page(widget()))
    await waitFor(() => expect(requests(alive(), 'init')).toHaveLength(1))
    act(() => alive().notify('error', { code: 'EXTENSION_ERROR', message: 'Unexpected token' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Unexpected token')
  })

  test('a flood of malformed messages ends the extension', async () => {
    const { page, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    for (let count = 0; count < 60; count++) alive().post({ __proto__: null, type: 'evil' })
    expect(await screen.findByRole('alert')).toHaveAttribute('data-code', 'INVALID_MESSAGE')
  })

  test('batches for another root, real or invented, draw nothing', async () => {
    const { page, alive, onDiagnostic } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    alive().commit('dialog:never-opened', insert(element(1, 'Text', [textNode(2, 'evil')])))
    alive().commit('__proto__', insert(element(1, 'Text', [textNode(2, 'evil')])))
    expect(await alive().request('close-dialog', { dialogId: 'x' })).toBeNull()
    expect(screen.queryByText('evil')).toBeNull()
    expect(onDiagnostic).not.toHaveBeenCalledWith(expect.objectContaining({ code: 'INTERNAL' }))
  })
})

const Broken = () => {
  throw new Error('this chrome is broken')
}

test('a dialog of the product that throws is closed, and the page goes on', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { page, alive, onDiagnostic } = setup()
  const registry = { ...testRegistry, chrome: { ...testRegistry.chrome, Dialog: Broken, ConfirmDialog: Broken } }
  render(page(widget(), 'light', registry))
  await screen.findByText('Orders of 7')
  await alive().request('open-dialog', { dialogId: 'd1', title: 'Refund', size: 'medium' })
  expect(await alive().request('confirm', { title: 'Sure?' })).toBe(false)
  expect(screen.getByText('Orders of 7')).toBeVisible()
  expect(onDiagnostic).toHaveBeenCalledWith(expect.objectContaining({ code: 'COMPONENT_FAILED' }))
  error.mockRestore()
})

describe('what an extension may ask for', () => {
  const open = async (reply?: Reply) => {
    const all = setup(reply)
    render(
      all.page(
        <>
          {widget()}
          {actions}
        </>,
      ),
    )
    await screen.findByText('Orders of 7')
    return { ...all, extension: all.alive() }
  }

  test('a dialog is a root of its own in the dialog of the product, closed by either side', async () => {
    const { extension } = await open()
    expect(await extension.request('open-dialog', { dialogId: 'd1', title: 'Refund', size: 'medium' })).toBeNull()
    act(() => extension.commit('dialog:d1', insert(element(1, 'Text', [textNode(2, 'How much?')]))))
    const dialog = await screen.findByRole('dialog', { name: 'Refund' })
    await within(dialog).findByText('How much?')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    await waitFor(() =>
      expect(requests(extension, 'close-surface').map(({ payload }) => payload.instanceId)).toContain('dialog:d1'),
    )
    await extension.request('open-dialog', { dialogId: 'd2', title: 'Again', size: 'small' })
    await screen.findByRole('dialog', { name: 'Again' })
    await extension.request('close-dialog', { dialogId: 'd2' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('a sixth dialog is refused, and all are gone with the extension', async () => {
    const { extension } = await open()
    for (const dialogId of ['1', '2', '3', '4', '5'])
      await extension.request('open-dialog', { dialogId, title: 'x', size: 'small' })
    expect(await extension.request('open-dialog', { dialogId: '6', title: 'x', size: 'small' })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
    expect(await extension.request('open-dialog', { dialogId: '1', title: 'x', size: 'small' })).toMatchObject({
      code: 'CONFLICT',
    })
  })

  test('dialogs of an extension that was uninstalled are closed', async () => {
    const { extension, change } = await open()
    await extension.request('open-dialog', { dialogId: 'd1', title: 'Refund', size: 'medium' })
    await screen.findByRole('dialog')
    await act(async () => change([]))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test.each([
    ['Delete', true],
    ['Cancel', false],
  ])('a question is answered with %s', async (name, expected) => {
    const { extension } = await open()
    const answer = extension.request('confirm', { title: 'Delete it?', confirmLabel: 'Delete', destructive: true })
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name }))
    expect(await answer).toBe(expected)
  })

  test('no more than three questions wait', async () => {
    const { extension } = await open()
    for (let count = 0; count < 3; count++) void extension.request('confirm', { title: 'Sure?' })
    expect(await extension.request('confirm', { title: 'Sure?' })).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  test('a toast is shown and dismissed', async () => {
    const { extension } = await open()
    await extension.request('show-toast', { title: 'Refunded', variant: 'success' })
    fireEvent.click(await screen.findByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('Refunded')).toBeNull()
  })

  test('server functions are called for this installation and nothing else', async () => {
    const { extension, callFunction } = await open()
    const payload = { moduleHash: 'src/a.server.ts#f', args: '[]', idempotencyKey: 'k', installationId: 'other' }
    expect(await extension.request('run-server-function', payload)).toBe('"ok"')
    const [installationId, call] = callFunction.mock.calls[0] ?? []
    expect(installationId).toBe('inst1')
    expect(call).toEqual({ moduleHash: 'src/a.server.ts#f', args: '[]', idempotencyKey: 'k' })
  })

  test.each([
    '//evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '',
  ])('navigate(%j) is refused', async (path) => {
    const { extension, services } = await open()
    expect(await extension.request('navigate', { path })).toMatchObject({ code: expect.any(String) })
    expect(services.navigate).not.toHaveBeenCalled()
  })

  test('a path inside the product is navigated to', async () => {
    const { extension, services } = await open()
    await extension.request('navigate', { path: '/tickets/7?tab=orders#top' })
    expect(services.navigate).toHaveBeenCalledWith('/tickets/7?tab=orders#top')
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example',
    'file:///etc/passwd',
    ' javascript:alert(1)',
  ])('openUrl(%j) is refused', async (url) => {
    const { extension, services } = await open()
    expect(await extension.request('open-url', { url })).toMatchObject({ code: 'INVALID_MESSAGE' })
    expect(services.openUrl).not.toHaveBeenCalled()
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'then', 'init'])(
    'a request named %s is METHOD_NOT_FOUND',
    async (type) => {
      const { extension } = await open()
      expect(await extension.request(type as 'navigate', { path: '/' })).toMatchObject({ code: 'METHOD_NOT_FOUND' })
    },
  )

  test('what fails inside the product is told without its details', async () => {
    const { extension, services } = await open()
    services.openRecord.mockImplementation(() => {
      throw new Error('password=hunter2')
    })
    const error = await extension.request('open-record', { recordType: 'ticket', recordId: '7' })
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})

describe('actions', () => {
  test('an action starts its extension, runs once at a time and ends', async () => {
    let finish: ((value: null) => void) | undefined
    const { page, alive, running } = setup(({ type }) =>
      type === 'trigger-surface'
        ? new Promise<null>((resolve) => {
            finish = resolve
          })
        : null,
    )
    render(page(actions))
    const button = await screen.findByRole('button', { name: 'Refund' })
    expect(running).toHaveLength(0)
    fireEvent.click(button)
    fireEvent.click(button)
    await waitFor(() => expect(requests(alive(), 'trigger-surface')).toHaveLength(1))
    expect(button).toBeDisabled()
    await act(async () => finish?.(null))
    await waitFor(() => expect(button).toBeEnabled())
    expect(requests(alive(), 'trigger-surface')[0]?.payload).toMatchObject({
      kind: 'record.actions',
      surfaceId: 'refund',
      context: { recordType: 'ticket', recordId: '7' },
    })
  })

  test('an action that fails tells the user', async () => {
    const { page } = setup(({ type }) => {
      if (type === 'trigger-surface') throw new Error('no money')
      return null
    })
    render(page(actions))
    fireEvent.click(await screen.findByRole('button', { name: 'Refund' }))
    expect(await screen.findByText('Refund did not work')).toBeVisible()
  })
})

describe('what is asked before it is offered', () => {
  const deciding = (kind: 'record.actions' | 'record.widgets') =>
    testExtension({ surfaces: [{ kind, id: 'refund', label: 'Refund', expressions: ['shouldShow'] }] })

  /** Answers shouldShow with what `decide` says of the record. */
  const answering =
    (decide: (recordId: string) => PlainValue | Promise<PlainValue>): Reply =>
    (request, extension) => {
      if (request.type !== 'evaluate') return drawRecord(request, extension)
      return decide((request.payload.context as { recordId: string }).recordId)
    }

  test('an action is offered when its shouldShow says so, and its frame is asked for it alone', async () => {
    const { page, alive } = setup(
      answering(() => true),
      [deciding('record.actions')],
    )
    render(page(actions))
    expect(screen.queryByRole('button')).toBeNull()
    expect(await screen.findByRole('button', { name: 'Refund' })).toBeVisible()
    expect(requests(alive(), 'evaluate')[0]?.payload).toEqual({
      kind: 'record.actions',
      surfaceId: 'refund',
      expression: 'shouldShow',
      context: { recordType: 'ticket', recordId: '7' },
    })
  })

  test.each<[string, PlainValue]>([
    ['no', false],
    ['something that is not yes', 'true'],
  ])('an action that answers %s is not offered', async (_what, answer) => {
    const { page, alive } = setup(
      answering(() => answer),
      [deciding('record.actions')],
    )
    render(page(actions))
    await waitFor(() => expect(requests(alive(), 'evaluate').length).toBeGreaterThan(0))
    await act(async () => {})
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('an action whose shouldShow throws is not offered, and a developer is told why', async () => {
    const { page, onDiagnostic } = setup(
      answering(() => {
        throw new Error('boom')
      }),
      [deciding('record.actions')],
    )
    render(page(actions))
    await waitFor(() =>
      expect(onDiagnostic).toHaveBeenCalledWith(
        expect.objectContaining({ code: 'EXTENSION_ERROR', message: expect.stringContaining('boom') }),
      ),
    )
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('an action without shouldShow is offered and starts no frame', async () => {
    const { page, running } = setup()
    render(page(actions))
    expect(await screen.findByRole('button', { name: 'Refund' })).toBeVisible()
    expect(running).toHaveLength(0)
  })

  test('a widget is drawn only where it wants to be, and asked again for another record', async () => {
    const { page } = setup(
      answering((recordId) => recordId === '8'),
      [deciding('record.widgets')],
    )
    const { rerender } = render(page(widget('7')))
    await act(async () => {})
    expect(screen.queryByRole('article')).toBeNull()
    rerender(page(widget('8')))
    expect(await screen.findByText('Orders of 8')).toBeVisible()
    rerender(page(widget('9')))
    await waitFor(() => expect(screen.queryByRole('article')).toBeNull())
  })

  test('the question is given up when nobody waits for the answer any more', async () => {
    const { page, alive, onDiagnostic } = setup(
      answering(() => new Promise<PlainValue>(() => {})),
      [deciding('record.actions')],
    )
    const aborted: string[] = []
    const { rerender } = render(page(actions))
    await waitFor(() => expect(requests(alive(), 'evaluate').length).toBeGreaterThan(0))
    alive().channel.on('abort', ({ requestId }) => void aborted.push(requestId))
    rerender(page(null))
    await waitFor(() => expect(aborted).toHaveLength(1))
    expect(onDiagnostic).not.toHaveBeenCalled()
  })
})

describe('the beginning and the end of a bridge', () => {
  test('both sides say what they can do', async () => {
    const { page, alive } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    expect(requests(alive(), 'init')[0]?.payload).toMatchObject({
      protocolVersion: 1,
      capabilities: expect.arrayContaining(['evaluate', 'navigate', 'open-record']),
    })
  })

  test('a frame that no shared protocol version connects says so where it would stand', async () => {
    const { page, running } = setup()
    const { rerender } = render(page(null))
    await act(async () => {})
    rerender(page(widget()))
    await waitFor(() => expect(running).not.toHaveLength(0))
    act(() =>
      running.at(-1)?.end(new HostError('PROTOCOL_VERSION_UNSUPPORTED', 'The extension speaks the versions 7.')),
    )
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveAttribute('data-code', 'PROTOCOL_VERSION_UNSUPPORTED')
    expect(alert).toHaveTextContent('The extension speaks the versions 7.')
  })

  test('the frame of an uninstalled extension stays until it has cleaned up, and is not heard meanwhile', async () => {
    let cleanedUp: (value: null) => void = () => {}
    const { page, change, alive, services } = setup((request, extension) =>
      request.type === 'close-surface'
        ? new Promise<null>((resolve) => {
            cleanedUp = resolve
          })
        : drawRecord(request, extension),
    )
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const extension = alive()
    await act(async () => change([]))
    expect(screen.queryByRole('article')).toBeNull()
    await waitFor(() => expect(requests(extension, 'close-surface').length).toBeGreaterThan(0))
    expect(extension.isDisposed()).toBe(false)
    expect(await extension.request('navigate', { path: '/tickets' })).toMatchObject({ code: 'CLOSED' })
    expect(services.navigate).not.toHaveBeenCalled()
    cleanedUp(null)
    await waitFor(() => expect(extension.isDisposed()).toBe(true))
  })

  test('a frame whose effects never end is removed all the same', async () => {
    const { page, change, alive } = setup((request, extension) =>
      request.type === 'close-surface' ? new Promise<null>(() => {}) : drawRecord(request, extension),
    )
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const extension = alive()
    await act(async () => change([]))
    await waitFor(() => expect(extension.isDisposed()).toBe(true))
  })

  test('an answer nobody waits for is dropped and reported by its code', async () => {
    const { page, alive, onDiagnostic } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    alive().channel.answer('ping', 'long-gone', { ok: true, value: null })
    await waitFor(() =>
      expect(onDiagnostic).toHaveBeenCalledWith(
        expect.objectContaining({ code: 'ANSWER_TOO_LATE', appInstallationId: 'inst1' }),
      ),
    )
    expect(screen.getByText('Orders of 7')).toBeVisible()
  })

  test('a server function that the extension gives up is given up at the server', async () => {
    const { page, alive, callFunction } = setup()
    let signal: AbortSignal | undefined
    callFunction.mockImplementation((_id, _call, given) => {
      signal = given
      return new Promise(() => {})
    })
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const payload = { moduleHash: 'src/a.server.ts#f', args: '[]', idempotencyKey: 'k' }
    alive().channel.request('run-server-function', 'call-1', payload)
    await waitFor(() => expect(signal?.aborted).toBe(false))
    alive().channel.abort('call-1')
    await waitFor(() => expect(signal?.aborted).toBe(true))
  })

  test('an error nobody caught reaches the developer with code, message, root and components', async () => {
    const { page, alive, onDiagnostic } = setup()
    render(page(widget()))
    await screen.findByText('Orders of 7')
    const rootId = String(requests(alive(), 'trigger-surface').at(-1)?.payload.instanceId)
    const componentStack = '\n    at Orders'
    act(() => alive().notify('error', { code: 'EXTENSION_ERROR', message: 'x is undefined', rootId, componentStack }))
    await waitFor(() =>
      expect(onDiagnostic).toHaveBeenCalledWith({
        code: 'EXTENSION_ERROR',
        message: 'x is undefined',
        rootId,
        componentStack,
        appInstallationId: 'inst1',
      }),
    )
  })
})

describe('one surface alone', () => {
  const surfaces = [
    { kind: 'workflow.blocks', id: 'send', label: 'Send', inputs: { text: { type: 'string' } } },
    { kind: 'workflow.panels', id: 'send', label: 'Send' },
    { kind: 'workflow.panels', id: 'wait', label: 'Wait' },
  ] as const
  const drawPanel: Reply = ({ type, payload }, extension) => {
    if (type !== 'trigger-surface') return null
    if (payload.kind === 'workflow.blocks') return { sent: (payload.context as { input: { text: string } }).input.text }
    extension.commit(
      String(payload.instanceId),
      insert(element(1, 'Text', [textNode(2, `Panel ${payload.surfaceId}`)])),
    )
    return null
  }

  test('is drawn by its installation and id, without a frame around it', async () => {
    const { page } = setup(drawPanel, [testExtension({ surfaces })])
    const only = { appInstallationId: 'inst1', id: 'wait' }
    render(page(<Surface name="workflow.panels" only={only} bare context={{ nodeId: 'n1' }} />))
    await screen.findByText('Panel wait')
    expect(screen.queryByText('Panel send')).toBeNull()
    expect(screen.queryByRole('article')).toBeNull()
  })

  test('a step is run with an input, and gives what it gave', async () => {
    const { page } = setup(drawPanel, [testExtension({ surfaces })])
    const outputs: PlainValue[] = []
    render(
      page(
        <SurfaceActions
          name="workflow.blocks"
          context={{}}
          render={([action]) => (
            <button
              type="button"
              onClick={() => void action?.runWith({ input: { text: 'Hi' } }).then((output) => outputs.push(output))}
            >
              {`Run ${action?.label} of ${Object.keys(action?.surface.inputs ?? {})}`}
            </button>
          )}
        />,
      ),
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Run Send of text' }))
    await waitFor(() => expect(outputs).toEqual([{ sent: 'Hi' }]))
  })
})
