import type { Meta, StoryObj } from '@storybook/react-vite'
import { ScrollArea } from './testing/registered'

const meta = {
  title: 'Components/ScrollArea',
  component: ScrollArea,
  args: {
    label: 'Terms',
    height: 'small',
    children: Array.from({ length: 20 }, (_, index) => `Paragraph ${index + 1} of the terms. `),
  },
} satisfies Meta<typeof ScrollArea>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
