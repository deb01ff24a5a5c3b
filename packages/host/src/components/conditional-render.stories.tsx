import type { Meta, StoryObj } from '@storybook/react-vite'
import { ConditionalRender, StringInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/ConditionalRender',
  component: ConditionalRender,
  args: { field: 'notify', children: <StringInput name="subject" label="Subject" /> },
  decorators: [
    (Story) => (
      <WorkflowPanel
        label="Send mail"
        values={{ subject: 'Your order', copies: 2, notify: true, way: 'mail' }}
        variables={[{ value: 'contact.name', label: 'Name', group: 'Contact' }]}
      >
        <Story />
      </WorkflowPanel>
    ),
  ],
} satisfies Meta<typeof ConditionalRender>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
