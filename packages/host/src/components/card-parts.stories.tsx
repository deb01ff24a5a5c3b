import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  Badge,
  Button,
  Card,
  CardContent,
  CardDescription,
  CardFooter,
  CardHeader,
  CardTitle,
} from './testing/registered'

const meta = {
  title: 'Components/Card parts',
  component: Card,
  args: {
    children: [
      <CardHeader key="h" actions={<Badge tone="success">Paid</Badge>}>
        <CardTitle>Order 1042</CardTitle>
        <CardDescription>Two items, shipped on Monday.</CardDescription>
      </CardHeader>,
      <CardContent key="c">They arrive on Thursday.</CardContent>,
      <CardFooter key="f">
        <Button variant="primary">Track</Button>
        <Button>Refund</Button>
      </CardFooter>,
    ],
  },
} satisfies Meta<typeof Card>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
