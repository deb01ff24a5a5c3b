import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import { Option, Select } from './testing/registered'

const meta = {
  title: 'Components/Option',
  component: Option,
  args: { value: 'eu', label: 'Europe' },
  decorators: [
    (Story) => (
      <Select label="Region">
        <Story />
      </Select>
    ),
  ],
} satisfies Meta<typeof Option>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Region/ }))
    await userEvent.click(await screen.findByRole('option', { name: 'Europe' }))
    await expect(canvas.getByRole('button', { name: /Region/ })).toHaveTextContent('Europe')
  },
}
