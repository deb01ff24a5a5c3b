import type { Meta, StoryObj } from '@storybook/react-vite'
import { DescriptionList } from './testing/registered'

const meta = {
  title: 'Components/DescriptionList',
  component: DescriptionList,
  args: {
    items: [
      { label: 'Order', value: '1042' },
      { label: 'Placed', value: '3 March 2026' },
      { label: 'Total', value: '€ 84.00' },
      { label: 'Carrier', value: 'Parcelworks' },
    ],
  },
} satisfies Meta<typeof DescriptionList>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const TwoColumns: Story = { args: { columns: '2' } }
