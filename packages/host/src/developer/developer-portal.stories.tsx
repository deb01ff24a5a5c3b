import type { Meta, StoryObj } from '@storybook/react-vite'
import { HttpResponse, http } from 'msw'
import { expect } from 'storybook/test'
import { answer, hang, refuse } from '../marketplace/testing/handlers'
import { DeveloperPortal } from './developer-portal'
import { approved, deployed, draftApp, haltedRollout } from './testing/fixtures'
import { handlers } from './testing/handlers'

const empty = { items: [], nextCursor: null }
const offline = (path: string) => http.get(`/api/souk${path}`, () => HttpResponse.error())

const meta = {
  title: 'Developer/Portal',
  component: DeveloperPortal,
  parameters: { msw: handlers },
} satisfies Meta<typeof DeveloperPortal>
export default meta
type Story = StoryObj<typeof meta>

export const Apps: Story = {}
export const AppsDark: Story = { globals: { theme: 'dark' } }
export const AppsLoading: Story = { parameters: { msw: [hang('/developer/apps'), ...handlers] } }
export const NoApps: Story = { parameters: { msw: [answer('/developer/apps', empty), ...handlers] } }
export const AppsRefused: Story = {
  parameters: {
    msw: [
      refuse('get', '/developer/apps', { code: 'INTERNAL', status: 500, detail: 'The server failed. Try again.' }),
      ...handlers,
    ],
  },
}
export const Offline: Story = {
  parameters: { msw: [offline('/developer/apps'), ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/could not be reached/)).toBeVisible()
  },
}
export const NewApp: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'New app' }))
  },
}

export const Versions: Story = { args: { route: { name: 'app', slug: 'order-lookup', tab: 'versions' } } }
export const NoVersions: Story = {
  ...Versions,
  parameters: { msw: [answer('/developer/apps/:slug/deployments', empty), ...handlers] },
}
export const Rejected: Story = { args: { route: { name: 'version', slug: 'order-lookup', id: 'dep-150' } } }
export const Blocked: Story = {
  args: { route: { name: 'version', slug: 'sentiment', id: 'dep-200' } },
  parameters: { msw: [answer('/developer/deployments/:id', { ...deployed, appId: draftApp.id }), ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Submit for review' })).toBeDisabled()
    await expect(await canvas.findByText('3 checks stand in the way')).toBeVisible()
  },
}
export const Publish: Story = {
  args: { route: { name: 'version', slug: 'order-lookup', id: 'dep-200' } },
  parameters: { msw: [answer('/developer/deployments/:id', approved), ...handlers] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Publish…' }))
  },
}
export const Rolling: Story = { args: { route: { name: 'version', slug: 'order-lookup', id: 'dep-100' } } }
export const RollingDark: Story = { ...Rolling, globals: { theme: 'dark' } }
export const Halted: Story = {
  ...Rolling,
  parameters: { msw: [answer('/developer/deployments/:id/rollout', haltedRollout), ...handlers] },
}
export const VersionNotFound: Story = {
  ...Rolling,
  parameters: {
    msw: [
      refuse('get', '/developer/deployments/:id', {
        code: 'NOT_FOUND',
        status: 404,
        detail: 'No deployment of yours.',
      }),
      ...handlers,
    ],
  },
}

export const Listing: Story = { args: { route: { name: 'app', slug: 'sentiment', tab: 'listing' } } }
export const ListingRefused: Story = {
  ...Listing,
  parameters: {
    msw: [
      refuse('patch', '/developer/apps/:slug', {
        code: 'INVALID_INPUT',
        status: 400,
        detail: 'Some fields are not right.',
        fields: { 'screenshots.0': 'It must begin with https://.' },
      }),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Save the listing' }))
    await expect(await canvas.findByText('It must begin with https://.')).toBeVisible()
  },
}

export const Logs: Story = {
  args: { route: { name: 'app', slug: 'order-lookup', tab: 'logs' } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /refund · FUNCTION_FAILED/ }))
    await expect(await canvas.findByText(/the order service answered 502/)).toBeVisible()
  },
}
export const NoLogs: Story = {
  args: { route: { name: 'app', slug: 'order-lookup', tab: 'logs' } },
  parameters: { msw: [answer('/developer/apps/:slug/logs', { items: [], cursor: 'c' }), ...handlers] },
}

export const Accounts: Story = { args: { route: { name: 'accounts' } } }
export const NoAccounts: Story = {
  ...Accounts,
  parameters: { msw: [answer('/developer/accounts', empty), ...handlers] },
}
export const Members: Story = { args: { route: { name: 'account', id: 'acc-northwind', tab: 'members' } } }
export const ChangeMember: Story = {
  ...Members,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Change… nora' }))
  },
}
export const Invite: Story = {
  ...Members,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Invite' }))
  },
}
export const Invitation: Story = {
  args: { route: { name: 'invitation', token: 'souk_inv_5pXq0cV9bn' } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByText('You are invited to Northwind')).toBeVisible()
  },
}
export const Keys: Story = { args: { route: { name: 'account', id: 'acc-northwind', tab: 'keys' } } }
export const NewKey: Story = {
  ...Keys,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'New key' }))
  },
}
