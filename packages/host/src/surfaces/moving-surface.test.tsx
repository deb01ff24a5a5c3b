import { standardContract } from '@souk/extension-sdk/protocol'
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { type ReactNode, StrictMode, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { SoukProvider } from '../provider'
import { createRegistry } from '../registry/create-registry'
import { Surface } from '../surface'
import { createFakeClient } from '../testing/fake-client'
import { createFakeExtensions, element, insert, testExtension } from '../testing/fake-extension'
import { testRegistry } from '../testing/test-registry'

afterEach(() => vi.useRealTimers())

/** A component of the product with state of its own, which no store knows. */
const Counter = () => {
  const [count, setCount] = useState(0)
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {`count ${count}`}
    </button>
  )
}

const registry = createRegistry({
  contract: standardContract,
  components: { ...testRegistry.components, Badge: Counter },
  chrome: testRegistry.chrome,
})

const setup = () => {
  const fakes = createFakeExtensions(({ type, payload }, extension) => {
    if (type === 'trigger-surface')
      extension.commit(
        String(payload.instanceId),
        insert(element(1, 'Badge')),
        insert(element(2, 'Input', [], { label: 'F' })),
      )
    return null
  })
  const fakeClient = createFakeClient([testExtension()])
  const page = (children: ReactNode) => (
    <StrictMode>
      <SoukProvider
        client={fakeClient.client}
        registry={registry}
        context={{
          theme: 'light',
          locale: 'en-GB',
          timeZone: 'UTC',
          user: { id: 'u1' },
          organization: { id: 'o1' },
        }}
        connect={fakes.connect}
        onDiagnostic={() => {}}
      >
        {children}
      </SoukProvider>
    </StrictMode>
  )
  const received = (type: string) =>
    fakes.running.flatMap((fake) => fake.received).filter((request) => request.type === type)
  return { ...fakeClient, ...fakes, page, received }
}

const surface = (recordId = '7') => <Surface name="record.widgets" context={{ recordType: 'ticket', recordId }} />
const inPanel = (recordId?: string) => <aside>{surface(recordId)}</aside>
const inPage = (recordId?: string) => (
  <main>
    <section>{surface(recordId)}</section>
  </main>
)

test('a surface that moves keeps its DOM, what the user typed, the state of components, and its root', async () => {
  const { page, received } = setup()
  const { rerender, container } = render(page(inPanel()))
  fireEvent.click(await screen.findByText('count 0'))
  const field = screen.getByLabelText<HTMLInputElement>('F')
  fireEvent.change(field, { target: { value: 'typed' } })
  field.focus()
  // StrictMode draws each twice.
  const drawn = received('trigger-surface').length
  const closed = received('close-surface').length

  rerender(page(inPage()))
  expect(screen.getByText('count 1')).toBeVisible()
  expect(screen.getByLabelText('F')).toBe(field)
  expect(field.value).toBe('typed')
  expect(container.querySelector('main')).toContainElement(field)
  expect(document.activeElement).toBe(field)
  expect(document.querySelector('[data-souk-parking]')).toBeNull()

  // It still hears its events after the move, and the extension was told nothing.
  fireEvent.click(screen.getByText('count 1'))
  expect(screen.getByText('count 2')).toBeVisible()
  expect(received('trigger-surface')).toHaveLength(drawn)
  expect(received('close-surface')).toHaveLength(closed)
})

test('a surface that comes back a moment later is still there', async () => {
  const { page, received } = setup()
  const { rerender } = render(page(inPanel()))
  fireEvent.click(await screen.findByText('count 0'))
  const drawn = received('trigger-surface').length
  rerender(page(null))
  expect(screen.queryByText('count 1')?.closest('[hidden]')).not.toBeNull()
  rerender(page(inPage()))
  expect(screen.getByText('count 1')).toBeVisible()
  expect(received('trigger-surface')).toHaveLength(drawn)
})

test('a surface that does not come back is closed, and leaves nothing in the page', async () => {
  const { page, received } = setup()
  const { rerender } = render(page(inPanel()))
  await screen.findByText('count 0')
  rerender(page(null))
  await waitFor(() => expect(screen.queryByText('count 0')).toBeNull())
  await waitFor(() => expect(received('close-surface')).toHaveLength(received('trigger-surface').length))
  expect(document.querySelector('[data-souk-parking]')).toBeNull()
})

test('a surface with another context is another one', async () => {
  const { page } = setup()
  const { rerender } = render(page(inPanel()))
  fireEvent.click(await screen.findByText('count 0'))
  rerender(page(inPage('8')))
  expect(await screen.findByText('count 0')).toBeVisible()
})

test('two places with the same context show two widgets', async () => {
  const { page } = setup()
  render(
    page(
      <>
        {inPanel()}
        {inPage()}
      </>,
    ),
  )
  await waitFor(() => expect(screen.getAllByText('count 0')).toHaveLength(2))
})

test('what is uninstalled while it is shown goes at once', async () => {
  const { page, change } = setup()
  render(page(inPanel()))
  await screen.findByText('count 0')
  await act(async () => change([]))
  await waitFor(() => expect(screen.queryByText('count 0')).toBeNull())
  expect(document.querySelector('[data-souk-parking]')).toBeNull()
})

test('the end of the page takes everything with it', async () => {
  const before = [...document.body.children]
  const { page } = setup()
  const { unmount, container } = render(page(inPanel()))
  const shown = await screen.findByText('count 0')
  unmount()
  expect(shown.isConnected).toBe(false)
  expect([...document.body.children].filter((element) => element !== container)).toEqual(before)
  expect(container.textContent).toBe('')
  expect(document.querySelector('[data-souk-parking]')).toBeNull()
})
