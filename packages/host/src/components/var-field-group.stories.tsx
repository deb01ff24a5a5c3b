import type { Meta, StoryObj } from '@storybook/react-vite'
import { BooleanInput, StringInput, VarFieldGroup, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/VarFieldGroup',
  component: VarFieldGroup,
  args: {
    label: 'Mail',
    description: 'What is sent.',
    children: [
      <StringInput key="a" name="subject" label="Subject" />,
      <BooleanInput key="b" name="notify" label="Notify" />,
    ],
  },
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
} satisfies Meta<typeof VarFieldGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
