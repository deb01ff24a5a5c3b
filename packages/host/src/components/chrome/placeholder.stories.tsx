import type { Meta, StoryObj } from '@storybook/react-vite'
import { Placeholder } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/Placeholder',
  component: Placeholder,
  args: { label: 'Loading Order Lookup' },
} satisfies Meta<typeof Placeholder>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
