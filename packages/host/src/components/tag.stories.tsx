import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Inline, Tag } from './testing/registered'

const meta = {
  title: 'Components/Tag',
  component: Tag,
  args: { label: 'fragile', onRemove: fn() },
} satisfies Meta<typeof Tag>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove fragile' }))
    await expect(args.onRemove).toHaveBeenCalledOnce()
  },
}
export const Fixed: Story = { render: () => <Tag label="fragile" /> }

export const Tones: Story = {
  render: () => (
    <Inline gap="small">
      {(['neutral', 'info', 'success', 'warning', 'danger'] as const).map((tone) => (
        <Tag key={tone} tone={tone} label={tone} onRemove={fn()} />
      ))}
    </Inline>
  ),
}
