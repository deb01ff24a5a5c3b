import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, Section, Text } from './testing/registered'

const meta = {
  title: 'Components/Section',
  component: Section,
  args: { title: 'Orders', description: 'What this customer bought.', children: <Text>Three orders in March.</Text> },
} satisfies Meta<typeof Section>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const WithActions: Story = { args: { actions: <Button size="small">New order</Button> } }
