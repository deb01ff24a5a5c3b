import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge, List, ListItem } from '../testing/registered'
import { WidgetFrame } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/WidgetFrame',
  component: WidgetFrame,
  args: {
    title: 'Recent orders',
    appTitle: 'Order Lookup',
    avatarUrl: null,
    children: (
      <List label="Orders">
        <ListItem title="Order 1042" description="Two mugs" trailing={<Badge tone="success">Paid</Badge>} />
        <ListItem title="Order 1043" description="A teapot" trailing={<Badge tone="warning">Due</Badge>} />
      </List>
    ),
  },
  decorators: [
    (Story) => (
      <div style={{ maxInlineSize: '22rem' }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof WidgetFrame>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
