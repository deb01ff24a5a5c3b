import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, waitFor, within } from 'storybook/test'
import { Marketplace } from './marketplace'
import { withAccounts } from './testing/fixtures'
import { answer, asMember, fail, handlers, hang, refuse, unreachable } from './testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from './testing/plays'

const meta = {
  title: 'Marketplace/App',
  component: Marketplace,
  args: { route: { name: 'app', slug: 'order-lookup' } },
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof Marketplace>
export default meta
type Story = StoryObj<typeof meta>

export const Detail: Story = {
  parameters: { pictures: ['dark', 'narrow'] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Order Lookup' })).toBeVisible()
    await expect(canvas.getByText('orders.northwind.example')).toBeVisible()
    await expect(canvas.getByText('tickets:read')).toBeVisible()
  },
}

export const Installed: Story = { args: { route: { name: 'app', slug: 'calendar' } } }

export const DevelopmentVersion: Story = { args: { route: { name: 'app', slug: 'house-rules' } } }

export const AsMember: Story = {
  parameters: { msw: [asMember, ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Only an admin of your organization can install apps.')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Install' })).toBeNull()
  },
}

export const Consent: Story = {
  parameters: { pictures: ['dark', 'narrow'] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Install' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Install Order Lookup?' }))
    await waitFor(() => expect(dialog.getByText('tickets:comment')).toBeVisible())
    await expect(dialog.getByText('*.tracking.example')).toBeVisible()
  },
}

/** In German, with accounts of other services. */
export const ConsentToAccounts: Story = {
  parameters: { msw: [answer('/catalog/apps/:slug', withAccounts), ...handlers], pictures: [] },
  globals: { locale: 'de-DE' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Installieren' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Order Lookup installieren?' }))
    await waitFor(() => expect(dialog.getByText('Der Code der App kann die Zugangsdaten lesen.')).toBeVisible())
  },
}

export const ConsentRefused: Story = {
  parameters: {
    msw: [
      refuse('post', '/installations', {
        code: 'CONFLICT',
        status: 409,
        detail: 'A newer version was published a moment ago. Close this and look at what it asks for.',
      }),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Install' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Install' }))
    await expect(await dialog.findByText(/A newer version was published/)).toBeVisible()
  },
}

export const Loading: Story = {
  parameters: { msw: [hang('/catalog/apps/:slug'), ...handlers] },
  play: seesLoading,
}

export const Failed: Story = {
  parameters: { msw: [fail('/catalog/apps/:slug'), ...handlers] },
  play: seesFailure,
}

export const Offline: Story = {
  parameters: { msw: [unreachable('/catalog/apps/:slug'), ...handlers] },
  play: seesNoServer,
}

export const NotFound: Story = {
  parameters: {
    msw: [
      refuse('get', '/catalog/apps/:slug', { code: 'NOT_FOUND', status: 404, detail: 'There is no such app here.' }),
      ...handlers,
    ],
  },
}
