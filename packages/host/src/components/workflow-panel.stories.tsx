import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import {
  ArrayInput,
  BooleanInput,
  ConditionalRender,
  FieldRow,
  NumberField,
  OptionsInput,
  StringInput,
  VarField,
  VarFieldGroup,
  WorkflowPanel,
} from './testing/registered'

const meta = {
  title: 'Components/WorkflowPanel',
  component: WorkflowPanel,
  args: {
    label: 'Send mail',
    values: { subject: 'Your order' },
    variables: [{ value: 'contact.name', label: 'Name', group: 'Contact' }],
    onValuesChange: fn(),
    children: [
      <VarFieldGroup key="a" label="Mail">
        <VarField name="to" label="To" required />
        <VarField label="Subject">
          <StringInput name="subject" />
        </VarField>
        <FieldRow>
          <NumberField name="copies" label="Copies" />
          <OptionsInput name="way" label="Way" options={[{ value: 'mail', label: 'E-mail' }]} />
        </FieldRow>
      </VarFieldGroup>,
      <BooleanInput key="b" name="attach" label="Attach files" />,
      <ConditionalRender key="c" field="attach">
        <ArrayInput name="files" label="Files" addLabel="Add file" />
      </ConditionalRender>,
    ],
  },
} satisfies Meta<typeof WorkflowPanel>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('switch', { name: 'Attach files' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Add file' }))
    await expect(args.onValuesChange).toHaveBeenLastCalledWith({ subject: 'Your order', attach: true, files: [''] })
  },
}
