import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { focusInside } from '../../../../test/support/focus-inside'
import { AppTitleContext } from '../app-title'
import { standardComponents } from './index'

const {
  Accordion,
  AccordionItem,
  BarChart,
  Button,
  Dialog,
  IconButton,
  Menu,
  MenuItem,
  Pagination,
  Popover,
  Steps,
  Tab,
  Tabs,
  Tag,
  Tooltip,
} = standardComponents

test('tabs show the first, move with the arrow keys, and tell what was chosen', async () => {
  const onChange = vi.fn()
  render(
    <Tabs label="Order" onChange={onChange}>
      <Tab id="items" label="Items">
        Three items
      </Tab>
      <Tab id="notes" label="Notes">
        No notes
      </Tab>
    </Tabs>,
  )
  expect(screen.getByRole('tabpanel', { name: 'Items' })).toHaveTextContent('Three items')
  expect(onChange).not.toHaveBeenCalled()
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tabpanel', { name: 'Notes' })).toHaveTextContent('No notes')
  expect(onChange).toHaveBeenCalledExactlyOnceWith('notes')
})

test('tabs whose owner has the choice show that one', async () => {
  const onChange = vi.fn()
  render(
    <Tabs label="Order" value="notes" onChange={onChange}>
      <Tab id="items" label="Items" />
      <Tab id="notes" label="Notes" />
    </Tabs>,
  )
  await userEvent.click(screen.getByRole('tab', { name: 'Items' }))
  expect(onChange).toHaveBeenCalledExactlyOnceWith('items')
  expect(screen.getByRole('tab', { name: 'Notes' })).toHaveAttribute('aria-selected', 'true')
})

test('an accordion unfolds one part at a time', async () => {
  render(
    <Accordion>
      <AccordionItem title="Why">Because</AccordionItem>
      <AccordionItem title="How">So</AccordionItem>
    </Accordion>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Why' }))
  await userEvent.click(screen.getByRole('button', { name: 'How' }))
  expect(screen.getByRole('button', { name: 'Why' })).toHaveAttribute('aria-expanded', 'false')
  expect(screen.getByRole('button', { name: 'How' })).toHaveAttribute('aria-expanded', 'true')
})

test('a menu opens by keyboard, does one thing, and gives the focus back', async () => {
  const onPress = vi.fn()
  render(
    <Menu label="More">
      <MenuItem label="Copy" />
      <MenuItem label="Delete" tone="danger" onPress={onPress} />
    </Menu>,
  )
  const button = screen.getByRole('button', { name: 'More' })
  button.focus()
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}')
  expect(onPress).toHaveBeenCalledExactlyOnceWith()
  await waitFor(() => expect(button).toHaveFocus())
})

test('an icon button has a name, and shows it to those who tab there', async () => {
  const onPress = vi.fn()
  render(<IconButton label="Delete order" icon="trash" onPress={onPress} />)
  await userEvent.tab()
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Delete order')
  await userEvent.click(screen.getByRole('button', { name: 'Delete order' }))
  expect(onPress).toHaveBeenCalledExactlyOnceWith()
})

test('a tooltip describes its control', async () => {
  render(
    <Tooltip content="Sends an e-mail">
      <Button>Remind</Button>
    </Tooltip>,
  )
  await userEvent.tab()
  await waitFor(() => expect(screen.getByRole('button')).toHaveAccessibleDescription('Sends an e-mail'))
})

test('a popover opens from its trigger and closes with Escape', async () => {
  const onOpenChange = vi.fn()
  render(
    <Popover label="Filters" trigger={<Button>Filter</Button>} onOpenChange={onOpenChange}>
      By state
    </Popover>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Filter' }))
  expect(screen.getByRole('dialog', { name: 'Filters' })).toHaveTextContent('By state')
  await focusInside(screen.getByRole('dialog'))
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(onOpenChange.mock.calls).toEqual([[true], [false]])
})

test('a dialog of an extension says which app it is of', async () => {
  render(
    <AppTitleContext.Provider value="Order Lookup">
      <Dialog title="Sign in again" trigger={<Button>Open</Button>}>
        Your password, please
      </Dialog>
    </AppTitleContext.Provider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(screen.getByRole('dialog', { name: 'Sign in again' })).toHaveTextContent('Order Lookup')
  await focusInside(screen.getByRole('dialog'))
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

const OwnedDialog = () => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>Ask</Button>
      <Dialog
        title="Sure?"
        open={open}
        onOpenChange={setOpen}
        footer={<Button onPress={() => setOpen(false)}>Yes</Button>}
      />
    </>
  )
}

test('a dialog opens and closes as its owner says', async () => {
  render(<OwnedDialog />)
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  await userEvent.click(within(screen.getByRole('dialog', { name: 'Sure?' })).getByRole('button', { name: 'Yes' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a tag has a button to take it off only when something listens', async () => {
  const onRemove = vi.fn()
  render(
    <>
      <Tag label="fixed" />
      <Tag label="urgent" onRemove={onRemove} />
    </>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Remove urgent' }))
  expect(onRemove).toHaveBeenCalledExactlyOnceWith()
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

test('pages are gone through one by one, and not past the ends', async () => {
  const onChange = vi.fn()
  render(<Pagination label="Orders" pageCount={3} onChange={onChange} />)
  expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled()
  await userEvent.click(screen.getByRole('button', { name: 'Next page' }))
  await userEvent.click(screen.getByRole('button', { name: 'Page 3' }))
  expect(onChange.mock.calls).toEqual([[2], [3]])
  expect(screen.getByRole('button', { name: 'Page 3' })).toHaveAttribute('aria-current', 'page')
  expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled()
})

test('a step that is done says so to those who cannot see it', () => {
  render(<Steps label="Setup" current={2} items={[{ label: 'Connect' }, { label: 'Map' }, { label: 'Test' }]} />)
  const items = screen.getAllByRole('listitem')
  expect(items[0]).toHaveTextContent('Connect (done)')
  expect(items[1]).toHaveAttribute('aria-current', 'step')
})

test('a chart has its numbers in a table for those who cannot see it', () => {
  render(
    <BarChart label="Orders" categories={['May', 'June']} series={[{ label: 'Paid', values: [3, 1200.5] }]} unit="€" />,
  )
  const table = screen.getByRole('table', { name: 'Orders' })
  expect(within(table).getByRole('row', { name: /June/ })).toHaveTextContent('1,200.5')
})
