import type { Meta, StoryObj } from '@storybook/react-vite'
import { Stat } from './testing/registered'

const meta = {
  title: 'Components/Stat',
  component: Stat,
  args: { label: 'Orders this month', value: '1,204', change: '+12 %', tone: 'success' },
} satisfies Meta<typeof Stat>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
