import { DEFAULT_LIMITS, type TreeNode, type TreeOperation } from '@souk/extension-sdk/protocol'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode } from 'react'
import { expect, test } from 'vitest'
import { element, insert } from '../testing/fake-extension'
import { RootView } from '../tree/root-view'
import { createTreeStore } from '../tree/tree-store'
import { standardRegistry } from '.'

const mount = (node: TreeNode) => {
  const store = createTreeStore({
    rootId: 'r1',
    registry: standardRegistry,
    limits: DEFAULT_LIMITS,
    sendEvent: async () => null,
    report: () => {},
  })
  let commit = 0
  const apply = (...operations: readonly TreeOperation[]) =>
    act(() => store.apply({ rootId: 'r1', commit: ++commit, operations }))
  apply(insert(element(1, 'Stack', [node])))
  render(
    <StrictMode>
      <RootView store={store} registry={standardRegistry} appTitle="Orders" onRetry={() => {}} />
    </StrictMode>,
  )
  return apply
}

const hide = (id: number, hidden: boolean): TreeOperation => ({ op: 'hide', id, hidden })
const content = element(3, 'Text', [{ id: 4, text: 'Inside' }])

test.each([
  ['a dialog', element(2, 'Dialog', [content], { title: 'Refund', open: true }), 2],
  ['a dialog in what is hidden', element(2, 'Dialog', [content], { title: 'Refund', open: true }), 1],
  ['a popover', element(2, 'Popover', [content], { label: 'More', open: true }), 2],
])('%s that stands elsewhere in the page goes when it is hidden, and comes back', (_what, node, hidden) => {
  const apply = mount(node)
  expect(screen.getByText('Inside')).toBeInTheDocument()
  apply(hide(hidden, true))
  expect(screen.queryByText('Inside')).toBeNull()
  apply(hide(hidden, false))
  expect(screen.getByText('Inside')).toBeInTheDocument()
})

test('a menu that the user has opened goes when it is hidden', async () => {
  const apply = mount(element(2, 'Menu', [element(3, 'MenuItem', [], { label: 'Refund' })], { label: 'Actions' }))
  await userEvent.click(screen.getByRole('button', { name: 'Actions' }))
  expect(screen.getByRole('menuitem', { name: 'Refund' })).toBeVisible()
  apply(hide(2, true))
  expect(screen.queryByRole('menuitem', { hidden: true })).toBeNull()
})

test('a dialog that opens in what is hidden is seen when that is shown', () => {
  const apply = mount(element(2, 'Dialog', [content], { title: 'Refund' }))
  apply(hide(1, true), { op: 'set', id: 2, props: { open: true }, unset: [] })
  expect(screen.queryByText('Inside')).toBeNull()
  apply(hide(1, false))
  expect(screen.getByText('Inside')).toBeInTheDocument()
})
