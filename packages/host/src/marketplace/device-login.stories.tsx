import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { DeviceLogin } from './device-login'
import { handlers, refuse } from './testing/handlers'

const meta = {
  title: 'Marketplace/Device login',
  component: DeviceLogin,
  args: { code: 'BCDF-GHJK' },
  parameters: { msw: handlers },
} satisfies Meta<typeof DeviceLogin>
export default meta
type Story = StoryObj<typeof meta>

export const TypeTheCode: Story = { args: { code: '' } }

export const Decide: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByText(/souk on ada-laptop/)).toBeVisible()
    await expect(await canvas.findByRole('button', { name: 'Let it in' })).toBeVisible()
  },
}

export const UnknownCode: Story = {
  parameters: {
    msw: [
      refuse('post', '/developer/device-logins/read', {
        code: 'NOT_FOUND',
        status: 404,
        detail: 'No command line waits under this code. Check it, or run souk login again.',
      }),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByText(/No command line waits/)).toBeVisible()
  },
}

export const Dark: Story = { ...Decide, globals: { theme: 'dark' } }
