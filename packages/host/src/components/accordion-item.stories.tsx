import type { Meta, StoryObj } from '@storybook/react-vite'
import { fn } from 'storybook/test'
import { Accordion, AccordionItem } from './testing/registered'

const meta = {
  title: 'Components/AccordionItem',
  component: AccordionItem,
  args: {
    title: 'When does it arrive?',
    expanded: true,
    onExpandedChange: fn(),
    children: 'On Thursday, if it leaves today.',
  },
  decorators: [
    (Story) => (
      <Accordion>
        <Story />
      </Accordion>
    ),
  ],
} satisfies Meta<typeof AccordionItem>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
