import { type StandardContract, standardContract } from '@souk/extension-sdk/protocol'
import { fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { createRegistry, type RegistryComponents } from '../registry/create-registry'
import { standardChrome, standardComponents, standardRegistry } from './index'

const {
  Avatar,
  Button,
  Checkbox,
  Form,
  Input,
  Link,
  List,
  ListItem,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} = standardComponents

test('every component of the standard contract has an implementation, and nothing else does', () => {
  expect(Object.keys(standardComponents).sort()).toEqual(Object.keys(standardContract.components).sort())
  for (const name of Object.keys(standardContract.components)) expect(standardRegistry.find(name)?.name).toBe(name)
  expect(standardRegistry.find('script')).toBeUndefined()
  expect(standardRegistry.find('constructor')).toBeUndefined()
})

const WrongBadge = ({ text }: { readonly text: number }) => <b>{text}</b>

test('a product that leaves a component out, or types one wrongly, does not compile', () => {
  const { Badge: _, ...withoutBadge } = standardComponents
  // @ts-expect-error Badge is missing
  const incomplete: RegistryComponents<StandardContract> = withoutBadge
  expect(() =>
    createRegistry({ contract: standardContract, components: incomplete, chrome: standardChrome }),
  ).toThrowError(expect.objectContaining({ code: 'REGISTRY_INCOMPLETE' }))
  const wrong: RegistryComponents<StandardContract> = {
    ...standardComponents,
    // @ts-expect-error the text of a Badge is its children, not a number called text
    Badge: WrongBadge,
  }
  expect(wrong).toBeDefined()
})

test('a form is sent by its submit button and by Enter, and the page is not left', async () => {
  const onSubmit = vi.fn()
  render(
    <Form onSubmit={onSubmit} label="Refund">
      <Input label="Order" />
      <Button>Look up</Button>
      <Button type="submit">Send</Button>
    </Form>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Look up' }))
  expect(onSubmit).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  await userEvent.type(screen.getByLabelText('Order'), '1042{Enter}')
  expect(onSubmit).toHaveBeenCalledTimes(2)
  expect(onSubmit).toHaveBeenCalledWith()
  // fireEvent answers false when the default was prevented.
  expect(fireEvent.submit(screen.getByRole('form', { name: 'Refund' }))).toBe(false)
})

test('a form with an error in a field can be sent again', async () => {
  const onSubmit = vi.fn()
  render(
    <Form onSubmit={onSubmit}>
      <Input label="Order" value="x" required error="There is no such order." />
      <Button type="submit">Send</Button>
    </Form>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(onSubmit).toHaveBeenCalledOnce()
})

test('a disabled or loading button does nothing, not even send a form', async () => {
  const onPress = vi.fn()
  const onSubmit = vi.fn()
  render(
    <Form onSubmit={onSubmit}>
      <Button type="submit" loading onPress={onPress}>
        Save
      </Button>
      <Button disabled onPress={onPress}>
        Delete
      </Button>
    </Form>,
  )
  await userEvent.click(screen.getByRole('button', { name: /Save/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  expect(onPress).not.toHaveBeenCalled()
  expect(onSubmit).not.toHaveBeenCalled()
})

const UpperCase = ({ onChange }: { readonly onChange: (value: string) => void }) => {
  const [value, setValue] = useState('')
  const change = (next: string) => {
    onChange(next)
    setValue(next.toUpperCase())
  }
  return <Input label="Code" value={value} onChange={change} />
}

test('an input shows the value it is given, and tells of each change', async () => {
  const onChange = vi.fn()
  render(<UpperCase onChange={onChange} />)
  await userEvent.type(screen.getByLabelText('Code'), 'ab')
  expect(onChange.mock.calls).toEqual([['a'], ['Ab']])
  expect(screen.getByLabelText('Code')).toHaveValue('AB')
})

test('an input says what is wrong to those who cannot see it', () => {
  render(<Input label="E-mail" value="ada@" description="For the receipt." error="This is no address." />)
  const input = screen.getByLabelText('E-mail')
  expect(input).toHaveAttribute('aria-invalid', 'true')
  expect(input).toHaveAccessibleDescription('For the receipt. This is no address.')
})

test('a controlled checkbox waits for its owner', async () => {
  const onChange = vi.fn()
  render(<Checkbox label="Receipt" checked={false} onChange={onChange} />)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Receipt' }))
  expect(onChange).toHaveBeenCalledWith(true)
  expect(screen.getByRole('checkbox', { name: 'Receipt' })).not.toBeChecked()
})

test('a select tells the value of the option, and shows its label', async () => {
  const onChange = vi.fn()
  const options = [
    { value: 'eu', label: 'Europe' },
    { value: 'us', label: 'United States' },
  ]
  render(<Select label="Region" value="eu" options={options} onChange={onChange} />)
  const trigger = screen.getByRole('button', { name: /Region/ })
  expect(trigger).toHaveTextContent('Europe')
  await userEvent.click(trigger)
  await userEvent.click(await screen.findByRole('option', { name: 'United States' }))
  expect(onChange).toHaveBeenCalledWith('us')
})

test.each([false, true])('the head of a table is one row, whether or not its cells are in a row (%s)', (inRow) => {
  const cells = (
    <>
      <TableCell>Order</TableCell>
      <TableCell>Total</TableCell>
    </>
  )
  render(
    <Table label="Orders">
      <TableHead>{inRow ? <TableRow>{cells}</TableRow> : cells}</TableHead>
      <TableBody>
        <TableRow>
          <TableCell header>1042</TableCell>
          <TableCell>84.00</TableCell>
        </TableRow>
      </TableBody>
    </Table>,
  )
  expect(screen.getAllByRole('row')).toHaveLength(2)
  expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Order', 'Total'])
  expect(screen.getByRole('rowheader')).toHaveTextContent('1042')
})

test('a table row is pressed with Enter, but not from a button inside it', async () => {
  const onPress = vi.fn()
  const onRefund = vi.fn()
  render(
    <Table label="Orders">
      <TableBody>
        <TableRow onPress={onPress}>
          <TableCell>
            <Button onPress={onRefund}>Refund</Button>
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>,
  )
  screen.getByRole('row').focus()
  await userEvent.keyboard('{Enter}')
  expect(onPress).toHaveBeenCalledOnce()
  await userEvent.click(screen.getByRole('button', { name: 'Refund' }))
  screen.getByRole('button', { name: 'Refund' }).focus()
  await userEvent.keyboard('{Enter}')
  expect(onRefund).toHaveBeenCalledTimes(2)
  expect(onPress).toHaveBeenCalledOnce()
})

test('a list item is a button only when something listens', () => {
  render(
    <List label="Orders">
      <ListItem title="1042" />
      <ListItem title="1043" onPress={() => undefined} />
    </List>,
  )
  const items = screen.getAllByRole('listitem')
  expect(items).toHaveLength(2)
  expect(screen.getAllByRole('button')).toHaveLength(1)
  expect(within(items[1] as HTMLElement).getByRole('button')).toHaveTextContent('1043')
})

test('a link carries neither the window nor the address out of the product', () => {
  render(<Link href="https://example.com">Manual</Link>)
  expect(screen.getByRole('link', { name: 'Manual' })).toHaveAttribute('rel', 'noopener noreferrer')
})

test('an avatar whose picture fails shows initials', () => {
  render(<Avatar name="Order Lookup" src="https://example.com/gone.png" />)
  fireEvent.error(screen.getByRole('img', { name: 'Order Lookup' }))
  expect(screen.getByRole('img', { name: 'Order Lookup' })).toHaveTextContent('OL')
})
