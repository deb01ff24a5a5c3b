import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { standardComponents } from './index'

const {
  CheckboxGroup,
  Combobox,
  DateInput,
  FormField,
  FormSubmit,
  Form,
  Input,
  MultiSelect,
  NumberInput,
  Option,
  Radio,
  RadioGroup,
  SearchInput,
  Select,
  TimeInput,
} = standardComponents

const options = [
  { value: 'eu', label: 'Europe' },
  { value: 'us', label: 'United States' },
  { value: 'moon', label: 'The moon', disabled: true },
]

test('a select takes its choices as children, too', async () => {
  const onChange = vi.fn()
  render(
    <Select label="Region" onChange={onChange}>
      <Option value="eu">Europe</Option>
      <Option value="us" label="United States" />
    </Select>,
  )
  await userEvent.click(screen.getByRole('button', { name: /Region/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'United States' }))
  expect(onChange).toHaveBeenCalledExactlyOnceWith('us')
})

test('several choices are told as a list, and a disabled one is none', async () => {
  const onChange = vi.fn()
  render(<MultiSelect label="Regions" options={options} onChange={onChange} />)
  await userEvent.click(screen.getByRole('button', { name: /Regions/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Europe' }))
  await userEvent.click(screen.getByRole('option', { name: 'The moon' }))
  await userEvent.click(screen.getByRole('option', { name: 'United States' }))
  expect(onChange.mock.calls).toEqual([[['eu']], [['eu', 'us']]])
})

test('a combobox finds by typing, and chooses by keyboard', async () => {
  const onChange = vi.fn()
  render(<Combobox label="Region" options={options} onChange={onChange} />)
  await userEvent.type(screen.getByRole('combobox', { name: 'Region' }), 'stat')
  expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual(['United States'])
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(onChange).toHaveBeenLastCalledWith('us')
})

test('a combobox whose extension searches shows all that the extension found', async () => {
  const onSearch = vi.fn()
  render(<Combobox label="Customer" options={options} onSearch={onSearch} />)
  await userEvent.type(screen.getByRole('combobox', { name: 'Customer' }), 'zz')
  expect(onSearch).toHaveBeenLastCalledWith('zz')
  expect(await screen.findAllByRole('option')).toHaveLength(3)
})

test('a number is told as one, an empty field as none, and a text not at all', async () => {
  const onChange = vi.fn()
  render(<NumberInput label="Copies" min={1} max={9} onChange={onChange} />)
  const input = screen.getByRole('textbox', { name: 'Copies' })
  await userEvent.type(input, 'x12')
  await userEvent.tab()
  expect(onChange).toHaveBeenLastCalledWith(9)
  await userEvent.clear(input)
  await userEvent.tab()
  expect(onChange).toHaveBeenLastCalledWith(undefined)
})

test('a date is typed in parts and told as YYYY-MM-DD', async () => {
  const onChange = vi.fn()
  render(<DateInput label="Due" value="2026-03-09" onChange={onChange} />)
  const day = screen.getByRole('spinbutton', { name: /day/ })
  day.focus()
  await userEvent.keyboard('{ArrowUp}')
  expect(onChange).toHaveBeenLastCalledWith('2026-03-10')
})

test.each(['', '2026-02-31', 'soon', '9999999'])('a date of %j is an empty one', (value) => {
  render(<DateInput label="Due" value={value} />)
  expect(screen.getByRole('spinbutton', { name: /year/ })).toHaveAttribute('aria-valuetext', 'Empty')
})

test('a time is told as HH:MM', async () => {
  const onChange = vi.fn()
  render(<TimeInput label="At" value="09:30" onChange={onChange} />)
  screen.getByRole('spinbutton', { name: /minute/ }).focus()
  await userEvent.keyboard('{ArrowUp}')
  expect(onChange).toHaveBeenLastCalledWith('09:31')
})

test('a search is cleared by Escape and sent by Enter', async () => {
  const onChange = vi.fn()
  const onSubmit = vi.fn()
  render(<SearchInput label="Find" onChange={onChange} onSubmit={onSubmit} />)
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find' }), 'ab{Enter}')
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith('ab')
  await userEvent.keyboard('{Escape}')
  expect(onChange).toHaveBeenLastCalledWith('')
})

test('a group of checkboxes tells all that are checked', async () => {
  const onChange = vi.fn()
  render(<CheckboxGroup label="Regions" value={['eu']} options={options} onChange={onChange} />)
  const group = screen.getByRole('group', { name: 'Regions' })
  await userEvent.click(within(group).getByRole('checkbox', { name: 'United States' }))
  expect(onChange).toHaveBeenCalledExactlyOnceWith(['eu', 'us'])
  // It is the owner's: nothing changes until the owner says so.
  expect(within(group).getByRole('checkbox', { name: 'United States' })).not.toBeChecked()
})

test('the choices of a radio group may be children', async () => {
  const onChange = vi.fn()
  render(
    <RadioGroup label="Plan" onChange={onChange}>
      <Radio value="free">Free</Radio>
      <Radio value="team">Team</Radio>
    </RadioGroup>,
  )
  await userEvent.click(screen.getByRole('radio', { name: 'Team' }))
  expect(onChange).toHaveBeenCalledExactlyOnceWith('team')
})

test('a form field names what is inside, with its help and error', () => {
  render(
    <FormField label="Colour" description="Of the label." error="Choose one.">
      <button type="button">Red</button>
    </FormField>,
  )
  const group = screen.getByRole('group', { name: 'Colour' })
  expect(group).toHaveAccessibleDescription('Of the label. Choose one.')
})

test('a submit button sends its form, says that it is under way, and sends it once', async () => {
  const onSubmit = vi.fn()
  const form = (loading: boolean) => (
    <Form label="Refund" onSubmit={onSubmit}>
      <Input label="Order" />
      <FormSubmit loading={loading} loadingText="Sending">
        Send
      </FormSubmit>
    </Form>
  )
  const { rerender } = render(form(false))
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  rerender(form(true))
  await userEvent.click(screen.getByRole('button', { name: /Sending/ }))
  expect(onSubmit).toHaveBeenCalledOnce()
})
