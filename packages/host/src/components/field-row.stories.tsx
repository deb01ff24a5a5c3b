import type { Meta, StoryObj } from '@storybook/react-vite'
import { FieldRow, NumberField, StringInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/FieldRow',
  component: FieldRow,
  args: {
    children: [
      <StringInput key="a" name="subject" label="Subject" />,
      <NumberField key="b" name="copies" label="Copies" />,
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
} satisfies Meta<typeof FieldRow>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
