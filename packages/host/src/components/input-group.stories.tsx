import type { Meta, StoryObj } from '@storybook/react-vite'
import { InputGroup, StringInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/InputGroup',
  component: InputGroup,
  args: { prefix: '€', suffix: 'net', children: <StringInput name="price" label="Price" /> },
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
} satisfies Meta<typeof InputGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
