import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { SurfaceValuesContext } from '../surface-values'
import { standardComponents } from './index'

const {
  ArrayInput,
  ArrayItem,
  BooleanInput,
  ConditionalRender,
  NumberField,
  OptionsInput,
  StringInput,
  VarField,
  VarInput,
  WorkflowNode,
  WorkflowNodeHandle,
  WorkflowPanel,
} = standardComponents

test('fields are bound by name, and the panel tells all values', async () => {
  const onValuesChange = vi.fn()
  render(
    <WorkflowPanel label="Refund" values={{ reason: 'late', notify: false }} onValuesChange={onValuesChange}>
      <StringInput name="reason" label="Reason" />
      <NumberField name="amount" label="Amount" />
      <BooleanInput name="notify" label="Notify" />
      <OptionsInput name="way" label="Way" options={[{ value: 'card', label: 'Card' }]} />
    </WorkflowPanel>,
  )
  expect(screen.getByLabelText('Reason')).toHaveValue('late')
  await userEvent.type(screen.getByLabelText('Reason'), '!')
  await userEvent.type(screen.getByRole('textbox', { name: 'Amount' }), '12')
  await userEvent.click(screen.getByRole('switch', { name: 'Notify' }))
  await userEvent.click(screen.getByRole('button', { name: /Way/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Card' }))
  expect(onValuesChange).toHaveBeenLastCalledWith({ reason: 'late!', amount: 12, notify: true, way: 'card' })
})

test('a part is shown or not by the host alone, and what was typed there is still there', async () => {
  render(
    <WorkflowPanel label="Order">
      <BooleanInput name="gift" label="Gift" />
      <ConditionalRender field="gift">
        <StringInput name="card" label="Card" />
      </ConditionalRender>
    </WorkflowPanel>,
  )
  expect(screen.queryByLabelText('Card')).toBeNull()
  await userEvent.click(screen.getByRole('switch', { name: 'Gift' }))
  await userEvent.type(screen.getByLabelText('Card'), 'Happy birthday')
  await userEvent.click(screen.getByRole('switch', { name: 'Gift' }))
  await userEvent.click(screen.getByRole('switch', { name: 'Gift' }))
  expect(screen.getByLabelText('Card')).toHaveValue('Happy birthday')
})

test('what the extension changes is shown, and what it leaves alone stays as the user has it', async () => {
  const panel = (values: { a: string; b: string }) => (
    <WorkflowPanel label="P" values={values}>
      <StringInput name="a" label="A" />
      <StringInput name="b" label="B" />
    </WorkflowPanel>
  )
  const { rerender } = render(panel({ a: '1', b: '1' }))
  await userEvent.type(screen.getByLabelText('A'), 'x')
  rerender(panel({ a: '1', b: '2' }))
  expect(screen.getByLabelText('A')).toHaveValue('1x')
  expect(screen.getByLabelText('B')).toHaveValue('2')
})

test('the items of a list have fields of their own, and keep them when they are moved', async () => {
  const onValuesChange = vi.fn()
  render(
    <WorkflowPanel label="Order" values={{ items: [{ sku: 'a' }, { sku: 'b' }] }} onValuesChange={onValuesChange}>
      <ArrayInput name="items" label="Items" minItems={1}>
        <StringInput name="sku" label="SKU" />
      </ArrayInput>
    </WorkflowPanel>,
  )
  const skus = () => screen.getAllByLabelText('SKU')
  const first = skus()[0] as HTMLElement
  await userEvent.type(first, '1')
  await userEvent.click(screen.getByRole('button', { name: 'Move down, 1' }))
  // The very element went along, so focus and caret do.
  expect(skus()[1]).toBe(first)
  expect(onValuesChange).toHaveBeenLastCalledWith({ items: [{ sku: 'b' }, { sku: 'a1' }] })
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await userEvent.type(skus()[2] as HTMLElement, 'c')
  await userEvent.click(screen.getByRole('button', { name: 'Remove, 1' }))
  expect(onValuesChange).toHaveBeenLastCalledWith({ items: [{ sku: 'a1' }, { sku: 'c' }] })
  await userEvent.click(screen.getByRole('button', { name: 'Remove, 1' }))
  expect(screen.getByRole('button', { name: 'Remove, 1' })).toBeDisabled()
})

type Told = (keys: readonly number[], values: unknown) => void

const ListOfItems = ({ told }: { readonly told: Told }) => {
  const [items, setItems] = useState<readonly number[]>([0, 1])
  return (
    <WorkflowPanel label="Order" values={{ lines: [{ sku: 'a' }, { sku: 'b' }] }}>
      <ArrayInput
        name="lines"
        items={items}
        onItemsChange={(keys, values) => {
          told(keys, values)
          setItems(keys)
        }}
      >
        {items.map((key) => (
          <ArrayItem key={key} itemKey={key}>
            <StringInput name="sku" label={`SKU ${key}`} />
          </ArrayItem>
        ))}
      </ArrayInput>
    </WorkflowPanel>
  )
}

test('a list may have an ArrayItem for each item, and tells their keys when they change', async () => {
  const told = vi.fn<Told>()
  render(<ListOfItems told={told} />)
  expect(screen.getByLabelText('SKU 1')).toHaveValue('b')
  expect(told).not.toHaveBeenCalled()
  await userEvent.type(screen.getByLabelText('SKU 0'), '!')
  expect(told).not.toHaveBeenCalled()
  const second = screen.getByLabelText('SKU 1')
  await userEvent.click(screen.getByRole('button', { name: 'Move up, 2' }))
  expect(told).toHaveBeenLastCalledWith([1, 0], [{ sku: 'b' }, { sku: 'a!' }])
  expect(screen.getByLabelText('SKU 1')).toBe(second)
  expect(screen.getAllByRole('textbox')).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await userEvent.type(screen.getByLabelText('SKU 2'), 'c')
  await userEvent.click(screen.getByRole('button', { name: 'Remove, 1' }))
  expect(told).toHaveBeenLastCalledWith([0, 2], [{ sku: 'a!' }, { sku: 'c' }])
  expect(screen.queryByLabelText('SKU 1')).toBeNull()
  expect(told).toHaveBeenCalledTimes(3)
})

test('keys that do not fit the list are set right, and an item that is not in it is not drawn', async () => {
  const told = vi.fn()
  render(
    <WorkflowPanel label="Order" values={{ lines: [{ sku: 'a' }] }}>
      <ArrayInput name="lines" items={[7, 7]} onItemsChange={told}>
        <ArrayItem itemKey={7}>
          <StringInput name="sku" label="SKU" />
        </ArrayItem>
      </ArrayInput>
    </WorkflowPanel>,
  )
  expect(screen.queryByLabelText('SKU')).toBeNull()
  expect(told.mock.calls).toEqual([[[0], [{ sku: 'a' }]]])
})

test('a list without fields is a list of texts', async () => {
  const onChange = vi.fn()
  render(<ArrayInput name="tags" label="Tags" onChange={onChange} />)
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await userEvent.type(screen.getByLabelText('Tags 1'), 'a')
  expect(onChange).toHaveBeenLastCalledWith(['a'])
})

test('a variable is put where the caret is', async () => {
  const onChange = vi.fn()
  render(
    <WorkflowPanel
      label="Mail"
      values={{ text: 'Dear , hello' }}
      variables={[{ value: 'contact.name', label: 'Name', group: 'Contact' }]}
    >
      <VarInput name="text" label="Text" onChange={onChange} />
    </WorkflowPanel>,
  )
  const input = screen.getByLabelText<HTMLInputElement>('Text')
  input.focus()
  input.setSelectionRange(5, 5)
  await userEvent.click(screen.getByRole('button', { name: 'Insert variable' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: /Name/ }))
  expect(onChange).toHaveBeenLastCalledWith('Dear {{contact.name}}, hello')
})

test('a label around an input names it, and is not read twice', () => {
  render(
    <WorkflowPanel label="P">
      <VarField label="Subject" required description="Of the mail.">
        <StringInput name="subject" />
      </VarField>
      <VarField name="to" label="To" />
    </WorkflowPanel>,
  )
  expect(within(screen.getByRole('group', { name: 'Subject' })).getByRole('textbox', { name: 'Subject' })).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'To' })).toBeVisible()
})

const Probe = ({ drawn }: { readonly drawn: () => void }) => {
  drawn()
  return null
}

test('only the field that changes is drawn again', async () => {
  const drawn = vi.fn()
  render(
    <WorkflowPanel label="P">
      <StringInput name="a" label="A" />
      <Probe drawn={drawn} />
      <StringInput name="b" label="B" />
    </WorkflowPanel>,
  )
  await userEvent.type(screen.getByLabelText('A'), 'hello')
  expect(drawn).toHaveBeenCalledOnce()
})

test('a node says its state in words', () => {
  render(
    <WorkflowNode title="Refund" status="error">
      <WorkflowNodeHandle id="out" type="source" label="Done" />
    </WorkflowNode>,
  )
  const node = screen.getByRole('article', { name: 'Refund' })
  expect(node).toHaveTextContent('Failed')
  expect(within(node).getByRole('img', { name: 'Done' })).toBeVisible()
})

test('a change is told with its place, to the extension and to the product, and what the extension sets is taken', async () => {
  const onValueChange = vi.fn()
  const saved = vi.fn()
  const panel = (changes: Readonly<Record<string, string>>) => (
    <SurfaceValuesContext.Provider value={saved}>
      <WorkflowPanel label="P" values={{ items: [{ sku: '' }] }} changes={changes} onValueChange={onValueChange}>
        <StringInput name="text" label="Text" />
        <ArrayInput name="items" label="Items">
          <StringInput name="sku" label="SKU" />
        </ArrayInput>
      </WorkflowPanel>
    </SurfaceValuesContext.Provider>
  )
  const { rerender } = render(panel({}))
  await userEvent.type(screen.getByLabelText('SKU'), 'a')
  expect(onValueChange).toHaveBeenLastCalledWith(['items', 0, 'sku'], 'a')
  rerender(panel({ text: 'Set' }))
  expect(screen.getByLabelText('Text')).toHaveValue('Set')
  await userEvent.type(screen.getByLabelText('Text'), '!')
  rerender(panel({}))
  expect(screen.getByLabelText('Text')).toHaveValue('Set!')
  rerender(panel({ text: 'Set' }))
  expect(screen.getByLabelText('Text')).toHaveValue('Set')
  expect(saved).toHaveBeenLastCalledWith({ items: [{ sku: 'a' }], text: 'Set' })
})
