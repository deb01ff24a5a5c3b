import type { Meta, StoryObj } from '@storybook/react-vite'
import { HttpResponse, http } from 'msw'
import { expect, screen, waitFor, within } from 'storybook/test'
import { Marketplace } from './marketplace'
import type { InstallationTab } from './route'
import { emptyOrganizationSettings, installation, noConnections, updatable } from './testing/fixtures'
import { answer, asMember, fail, handlers, hang, refuse, unreachable } from './testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from './testing/plays'

const meta = {
  title: 'Marketplace/Installation',
  component: Marketplace,
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof Marketplace>
export default meta
type Story = StoryObj<typeof meta>

const at = (tab: InstallationTab) => ({ route: { name: 'installation', id: 'inst-orders', tab } as const })

export const Settings: Story = {
  args: at('settings'),
  play: async ({ canvas, userEvent }) => {
    const address = await canvas.findByLabelText(/API address/)
    await expect(address).toHaveValue('https://orders.northwind.example')
    await userEvent.click(canvas.getByRole('button', { name: 'Replace API key' }))
    await userEvent.type(canvas.getByLabelText(/API key/), 'sk_new')
    await userEvent.click(canvas.getAllByRole('button', { name: 'Save settings' })[0] as HTMLElement)
    await waitFor(() => expect(screen.getByText('Settings saved')).toBeVisible())
    await expect(await canvas.findByRole('button', { name: 'Replace API key' })).toBeVisible()
  },
}

export const SettingsAfterInstall: Story = {
  args: at('settings'),
  parameters: {
    msw: [
      answer('/installations/:id', { ...installation, needsConfiguration: true }),
      answer('/installations/:id/settings/organization', emptyOrganizationSettings),
      ...handlers,
    ],
  },
}

export const SettingsWithErrors: Story = {
  args: at('settings'),
  parameters: {
    pictures: ['dark', 'narrow'],
    msw: [
      refuse('put', '/installations/:id/settings/organization', {
        code: 'INVALID_INPUT',
        status: 422,
        detail: 'Some settings were refused.',
        fields: { 'api.url': 'The address must begin with https://.', limit: 'At most 50 orders can be shown.' },
      }),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    const limit = await canvas.findByLabelText(/Orders to show/)
    await userEvent.clear(limit)
    await userEvent.type(limit, '80')
    await userEvent.click(canvas.getAllByRole('button', { name: 'Save settings' })[0] as HTMLElement)
    await expect(await canvas.findByText('At most 50 orders can be shown.')).toBeVisible()
    await expect(limit).toHaveAccessibleDescription('At most 50 orders can be shown.')
    await expect(canvas.getByLabelText(/API address/)).toHaveAttribute('aria-invalid', 'true')
  },
}

export const SettingsLoading: Story = {
  args: at('settings'),
  parameters: { msw: [hang('/installations/:id/settings/:scope'), ...handlers] },
  play: seesLoading,
}

export const SettingsFailed: Story = {
  args: at('settings'),
  parameters: { msw: [fail('/installations/:id/settings/:scope'), ...handlers] },
  play: seesFailure,
}

export const SettingsOffline: Story = {
  args: at('settings'),
  parameters: { msw: [unreachable('/installations/:id/settings/:scope'), ...handlers] },
  play: seesNoServer,
}

export const SettingsNone: Story = {
  args: at('settings'),
  parameters: {
    msw: [answer('/installations/:id/settings/:scope', { ...emptyOrganizationSettings, schema: {} }), ...handlers],
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Nothing to set up')).toBeVisible()
  },
}

export const SettingsAsMember: Story = { args: at('settings'), parameters: { msw: [asMember, ...handlers] } }

export const UpToDate: Story = { args: at('update') }

export const Update: Story = {
  args: at('update'),
  parameters: { msw: [answer('/installations/:id', updatable), ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('customers:read')).toBeVisible()
  },
}

export const UpdateConsent: Story = {
  args: at('update'),
  parameters: { msw: [answer('/installations/:id', updatable), ...handlers] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Update…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Update Order Lookup to 2.0.0?' }))
    await waitFor(() => expect(dialog.getByText('geo.parcelworks.example')).toBeVisible())
    await expect(dialog.queryByText('tickets:read')).toBeNull()
  },
}

export const Loading: Story = {
  args: at('settings'),
  parameters: { msw: [hang('/installations/:id'), ...handlers] },
  play: seesLoading,
}

export const Failed: Story = {
  args: at('settings'),
  parameters: { msw: [fail('/installations/:id'), ...handlers] },
  play: seesFailure,
}

export const Offline: Story = {
  args: at('settings'),
  parameters: { msw: [unreachable('/installations/:id'), ...handlers] },
  play: seesNoServer,
}

export const History: Story = {
  args: at('history'),
  parameters: { pictures: [] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('list', { name: 'History' })).toBeVisible()
  },
}

export const HistoryLoading: Story = {
  args: at('history'),
  parameters: { msw: [hang('/installations/:id/events'), ...handlers] },
  play: seesLoading,
}

export const HistoryEmpty: Story = {
  args: at('history'),
  parameters: { msw: [answer('/installations/:id/events', { items: [], nextCursor: null }), ...handlers] },
}

export const HistoryFailed: Story = {
  args: at('history'),
  parameters: { msw: [fail('/installations/:id/events'), ...handlers] },
  play: seesFailure,
}

export const HistoryOffline: Story = {
  args: at('history'),
  parameters: { msw: [unreachable('/installations/:id/events'), ...handlers] },
  play: seesNoServer,
}

export const Manage: Story = { args: at('manage') }

export const ChannelPinned: Story = {
  args: at('manage'),
  parameters: {
    msw: [
      http.post('/api/souk/installations/:id/channel', () => HttpResponse.json({ ...installation, channel: 'pinned' })),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('radio', { name: 'On their own' })).toBeChecked()
    await userEvent.click(canvas.getByRole('radio', { name: 'When an admin updates' }))
    await waitFor(() => expect(screen.getByText('Order Lookup stays at its version')).toBeVisible())
  },
}

export const ChannelDevelopment: Story = {
  args: at('manage'),
  parameters: { msw: [answer('/installations/:id', { ...installation, channel: 'development' }), ...handlers] },
}

export const UninstallConfirm: Story = {
  args: at('manage'),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Uninstall' }))
    await waitFor(() => expect(screen.getByRole('alertdialog', { name: 'Uninstall Order Lookup?' })).toBeVisible())
  },
}

export const Uninstalled: Story = {
  args: at('history'),
  parameters: {
    msw: [
      answer('/installations/:id', {
        ...installation,
        status: 'uninstalled',
        uninstalledAt: '2026-03-09T08:00:00.000Z',
      }),
      ...handlers,
    ],
  },
}

export const Connections: Story = {
  args: at('connections'),
  play: async ({ canvas, userEvent }) => {
    const accounts = within(await canvas.findByRole('list', { name: 'Accounts of Shop' }))
    await expect(accounts.getByText('Connected')).toBeVisible()
    await expect(accounts.getByText('Expired')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Connect Post office' }))
    await userEvent.type(await canvas.findByLabelText(/Account number/), '7')
    await userEvent.type(canvas.getByLabelText(/Key/), 'secret-key')
    await userEvent.click(canvas.getByRole('button', { name: 'Connect' }))
    await waitFor(() => expect(screen.getByText('Northwind Outdoors is connected')).toBeVisible())
  },
}

export const ConnectionsNone: Story = {
  args: at('connections'),
  parameters: { msw: [answer('/installations/:id/connections', noConnections), ...handlers] },
}

export const ConnectionsLoading: Story = {
  args: at('connections'),
  parameters: { msw: [hang('/installations/:id/connections'), ...handlers] },
  play: seesLoading,
}

export const ConnectionsFailed: Story = {
  args: at('connections'),
  parameters: { msw: [fail('/installations/:id/connections'), ...handlers] },
  play: seesFailure,
}

export const ConnectionsOffline: Story = {
  args: at('connections'),
  parameters: { msw: [unreachable('/installations/:id/connections'), ...handlers] },
  play: seesNoServer,
}
