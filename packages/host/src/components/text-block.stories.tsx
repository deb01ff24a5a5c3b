import type { Meta, StoryObj } from '@storybook/react-vite'
import { TextBlock } from './testing/registered'

const meta = {
  title: 'Components/TextBlock',
  component: TextBlock,
  args: {
    children: 'The parcel was handed to the carrier on Monday morning and has reached the sorting centre in Hannover.',
  },
} satisfies Meta<typeof TextBlock>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Centred: Story = { args: { align: 'center', tone: 'muted' } }
