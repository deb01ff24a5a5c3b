import type { Meta, StoryObj } from '@storybook/react-vite'
import { LineChart } from './testing/registered'

const meta = {
  title: 'Components/LineChart',
  component: LineChart,
  args: {
    label: 'Revenue',
    unit: '€',
    categories: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
    series: [{ label: 'Shop', values: [1200, 1900, 1650, 2400, 2800, 2650] }],
  },
} satisfies Meta<typeof LineChart>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Several: Story = {
  args: {
    series: [
      { label: 'Shop', values: [12, 19, 16, 24, 28, 26] },
      { label: 'Market', values: [8, 11, 13, 12, 17, 22] },
      { label: 'Returns', values: [-2, -3, -1, -4, -2, -3] },
    ],
  },
}
