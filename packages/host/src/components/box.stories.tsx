import type { Meta, StoryObj } from '@storybook/react-vite'
import { Box } from './testing/registered'

const meta = {
  title: 'Components/Box',
  component: Box,
  args: { children: 'Ten parcels left today.', surface: 'sunken' },
} satisfies Meta<typeof Box>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Raised: Story = { args: { surface: 'raised', padding: 'large' } }

export const Bordered: Story = { args: { surface: 'none', border: true } }
