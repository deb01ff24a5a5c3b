import type { Meta, StoryObj } from '@storybook/react-vite'
import { Heading, Stack } from './testing/registered'

const meta = {
  title: 'Components/Heading',
  component: Heading,
  args: { level: '2', children: 'Recent orders' },
} satisfies Meta<typeof Heading>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Levels: Story = {
  render: () => (
    <Stack>
      <Heading level="1">Level 1</Heading>
      <Heading level="2">Level 2</Heading>
      <Heading level="3">Level 3</Heading>
      <Heading level="4">Level 4</Heading>
    </Stack>
  ),
}
