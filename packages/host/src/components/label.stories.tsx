import type { Meta, StoryObj } from '@storybook/react-vite'
import { Label } from './testing/registered'

const meta = {
  title: 'Components/Label',
  component: Label,
  args: { children: 'Delivery', required: true },
} satisfies Meta<typeof Label>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
