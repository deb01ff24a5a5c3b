import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { FileInput } from './file-input'

const meta = {
  title: 'Components/FileInput',
  component: FileInput,
  args: { label: 'Orders', description: 'A CSV file with a row for each order.', accept: ['.csv'], onChange: fn() },
} satisfies Meta<typeof FileInput>
export default meta
type Story = StoryObj<typeof meta>

const csv = (name: string) => new File(['id,total\n1,9.90\n'], name, { type: 'text/csv' })

export const Default: Story = {}
export const Invalid: Story = { args: { required: true, error: 'Choose a file.' } }
export const Disabled: Story = { args: { disabled: true } }

/** Several files, of which one was removed again. */
export const Several: Story = {
  args: { multiple: true },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.upload(canvas.getByLabelText('Orders'), [csv('march.csv'), csv('april.csv')])
    await userEvent.click(canvas.getByRole('button', { name: 'Remove march.csv' }))
    await expect(args.onChange).toHaveBeenLastCalledWith([
      { id: expect.stringMatching(/^souk-file:/), name: 'april.csv', size: 16, type: 'text/csv' },
    ])
  },
}

/** A file that is not taken. */
export const Refused: Story = {
  args: { accept: ['.csv'], maxSizeBytes: 8 },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.upload(canvas.getByLabelText('Orders'), csv('march.csv'))
    await expect(canvas.getByText(/march.csv: The file is larger than/)).toBeVisible()
    await expect(args.onChange).toHaveBeenLastCalledWith([])
  },
}
