import type { Meta, StoryObj } from '@storybook/react-vite'
import { Timeline, TimelineItem } from './testing/registered'

const meta = {
  title: 'Components/Timeline',
  component: Timeline,
  args: {
    label: 'History',
    children: [
      <TimelineItem key="1" title="Delivered" time="Today, 10:12" tone="success" />,
      <TimelineItem key="2" title="Held by customs" time="Yesterday" tone="warning">
        A form was missing.
      </TimelineItem>,
      <TimelineItem key="3" title="Left the warehouse" time="3 March" />,
    ],
  },
} satisfies Meta<typeof Timeline>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
