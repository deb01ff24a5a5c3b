import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Button, Inline, Stack } from './testing/registered'

const meta = {
  title: 'Components/Button',
  component: Button,
  args: { children: 'Refund', onPress: fn() },
} satisfies Meta<typeof Button>
export default meta
type Story = StoryObj<typeof meta>

/** A press of the mouse or of a key. */
export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Refund' }))
    await userEvent.keyboard('{Enter}')
    await expect(args.onPress).toHaveBeenCalledTimes(2)
  },
}

export const Disabled: Story = {
  args: { disabled: true },
  play: async ({ canvas, args }) => {
    canvas.getByRole('button').click()
    await expect(args.onPress).not.toHaveBeenCalled()
  },
}

/** Keeps the focus, and is pressed once. */
export const Loading: Story = {
  args: { loading: true, variant: 'primary' },
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button'))
    await expect(args.onPress).not.toHaveBeenCalled()
  },
}

export const Variants: Story = {
  render: () => (
    <Stack>
      <Inline>
        <Button variant="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger">Danger</Button>
      </Inline>
      <Inline>
        <Button size="small" variant="primary">
          Primary
        </Button>
        <Button size="small">Secondary</Button>
        <Button size="small" variant="quiet">
          Quiet
        </Button>
        <Button size="small" variant="danger">
          Danger
        </Button>
      </Inline>
    </Stack>
  ),
}

export const Dark: Story = { ...Variants, globals: { theme: 'dark' } }
