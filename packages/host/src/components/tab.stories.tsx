import type { Meta, StoryObj } from '@storybook/react-vite'
import { Tab, Tabs } from './testing/registered'

const meta = {
  title: 'Components/Tab',
  component: Tab,
  args: { id: 'items', label: 'Items', children: 'Three items, 84.00 in all.' },
  decorators: [
    (Story) => (
      <Tabs label="Order">
        <Story />
      </Tabs>
    ),
  ],
} satisfies Meta<typeof Tab>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
