import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { HostError } from '../host-error'
import { parseRecording } from '../recording/recording'
import { insert, textNode } from '../testing/fake-extension'
import { DevtoolsPanel } from './devtools-panel'
import { createFrameTool, Hello } from './testing/frame-tool'

const show = () => {
  const tool = createFrameTool()
  render(<DevtoolsPanel devtools={tool.devtools} errorsUrl="https://docs.example/errors" />)
  return { ...tool, user: userEvent.setup() }
}

test('messages are listed with their size, and answers with their time', async () => {
  const { running, user } = show()
  const fake = await running()
  act(() => fake.notify('log', { level: 'info', message: 'Hello.' }))
  const list = await screen.findByRole('list', { name: 'Bridge' })
  await within(list).findByText('log')
  await user.type(screen.getByRole('searchbox'), 'nothing-like-it')
  expect(within(list).queryByText('log')).toBeNull()
  await user.clear(screen.getByRole('searchbox'))
  expect(within(list).getByText('log').closest('summary')).toHaveTextContent(/← extension log notice\d+ B/)
})

test('a pause holds the list still while more goes on, and clear empties it', async () => {
  const { running, user } = show()
  const fake = await running()
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  act(() => fake.notify('log', { level: 'info', message: 'Later.' }))
  const list = screen.getByRole('list', { name: 'Bridge' })
  await new Promise((resolve) => requestAnimationFrame(resolve))
  expect(within(list).queryByText('log')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  await within(list).findByText('log')
  await user.click(screen.getByRole('button', { name: 'Clear' }))
  await waitFor(() => expect(within(list).queryByText('log')).toBeNull())
})

test('the tree of a root follows its commits', async () => {
  const { running, user } = show()
  const fake = await running()
  act(() => fake.commit('r1', insert(Hello)))
  await user.click(screen.getByRole('tab', { name: 'Tree' }))
  expect(await screen.findByText('Text')).toBeVisible()
  act(() => fake.commit('r1', { op: 'set', id: 1, props: { gap: 'large' }, unset: [] }, insert(textNode(9, 'later'))))
  expect(await screen.findByText(/gap="large"/)).toBeVisible()
  expect(screen.getByText('later')).toBeVisible()
  act(() => fake.commit('r1', { op: 'remove', ids: [1] }))
  await waitFor(() => expect(screen.queryByText('Text')).toBeNull())
})

test('a frame that fails says why, and its session can still be recorded', async () => {
  const { running, devtools, user } = show()
  const fake = await running()
  act(() => fake.notify('frozen', { code: 'EXTENSION_FROZEN', message: 'Too much.' }))
  await user.click(screen.getByRole('tab', { name: 'Frames' }))
  expect(await screen.findByText('paused EXTENSION_FROZEN')).toBeVisible()
  act(() => fake.end(new HostError('EXTENSION_UNRESPONSIVE', 'It hangs.')))
  expect(await screen.findByText('failed EXTENSION_UNRESPONSIVE')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Record Orders' })).toBeEnabled()
  expect(parseRecording(devtools.record(devtools.get().frames[0]?.id ?? -1) ?? '')).toMatchObject({
    connect: { appInstallationId: 'inst1', type: 'connect' },
    entries: [{ from: 'extension', message: { type: 'frozen' } }],
  })
})

test('diagnostics link their codes, and reach the product as well', async () => {
  const { devtools, told, user } = show()
  act(() => devtools.report({ code: 'INVALID_PROP', message: 'No such prop.', rootId: 'r1' }))
  await user.click(await screen.findByRole('tab', { name: 'Diagnostics (1)' }))
  expect(screen.getByRole('link', { name: 'INVALID_PROP' })).toHaveAttribute('href', 'https://docs.example/errors')
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: 'INVALID_PROP' }))
})

test('the tabs are gone through with the arrow keys', async () => {
  const { user } = show()
  await user.tab()
  expect(screen.getByRole('tab', { name: 'Traffic' })).toHaveFocus()
  await user.keyboard('{ArrowLeft}')
  expect(screen.getByRole('tab', { name: 'Diagnostics' })).toHaveFocus()
  await user.keyboard('{Home}{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Tree', selected: true })).toHaveFocus()
})

test('a message that is no message harms nobody', async () => {
  const { running, devtools } = show()
  const fake = await running()
  const hostile = [null, 7, [], { payload: { rootId: 'r', operations: [{ op: 'insert' }] }, type: 'render-component' }]
  for (const message of hostile) fake.post(message)
  await vi.waitFor(() => expect(devtools.get().traffic).toHaveLength(hostile.length))
})
