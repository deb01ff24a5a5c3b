import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { DeviceLogin } from './device-login'
import { answer, fail, handlers, hang, refuse, unreachable } from './testing/handlers'
import { seesFailure, seesLoading, seesNoServer } from './testing/plays'

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
  parameters: { pictures: ['dark'] },
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

/** Of the accounts that the developer may give. */
export const AccountsLoading: Story = {
  parameters: { msw: [hang('/developer/accounts'), ...handlers] },
  play: async (context) => {
    await context.userEvent.click(await context.canvas.findByRole('button', { name: 'Continue' }))
    await seesLoading(context)
  },
}

export const AccountsFailed: Story = {
  parameters: { msw: [fail('/developer/accounts'), ...handlers] },
  play: async (context) => {
    await context.userEvent.click(await context.canvas.findByRole('button', { name: 'Continue' }))
    await seesFailure(context)
  },
}

export const AccountsOffline: Story = {
  parameters: { msw: [unreachable('/developer/accounts'), ...handlers] },
  play: async (context) => {
    await context.userEvent.click(await context.canvas.findByRole('button', { name: 'Continue' }))
    await seesNoServer(context)
  },
}

export const NoAccount: Story = {
  parameters: { msw: [answer('/developer/accounts', { items: [], nextCursor: null }), ...handlers] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByRole('button', { name: 'Deny' })).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Let it in' })).toBeNull()
  },
}

export const Offline: Story = {
  parameters: { msw: [unreachable('/developer/device-logins/read', 'post'), ...handlers] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByText(/could not be reached/)).toBeVisible()
  },
}

export const LetIn: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Let it in' }))
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Let it in' })).toBeNull())
  },
}
