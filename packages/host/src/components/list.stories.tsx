import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge, List, ListItem } from './testing/registered'

const meta = {
  title: 'Components/List',
  component: List,
  args: {
    label: 'Orders',
    children: [
      <ListItem key="1" title="Order 1042" description="Two mugs" trailing={<Badge tone="success">Paid</Badge>} />,
      <ListItem key="2" title="Order 1043" description="A teapot" trailing={<Badge tone="warning">Due</Badge>} />,
    ],
  },
} satisfies Meta<typeof List>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
