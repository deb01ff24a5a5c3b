import type { Meta, StoryObj } from '@storybook/react-vite'
import { BarChart } from './testing/registered'

const meta = {
  title: 'Components/BarChart',
  component: BarChart,
  args: {
    label: 'Orders by channel',
    categories: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
    series: [
      { label: 'Shop', values: [42, 51, 47, 60, 72, 66] },
      { label: 'Phone', values: [12, 9, 14, 11, 8, 10] },
    ],
  },
} satisfies Meta<typeof BarChart>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Stacked: Story = { args: { stacked: true } }
