import type { Meta, StoryObj } from '@storybook/react-vite'
import { HttpResponse, http } from 'msw'
import { expect, waitFor } from 'storybook/test'
import { Marketplace } from './marketplace'
import { apps } from './testing/fixtures'
import { answer, fail, handlers, hang, unreachable } from './testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from './testing/plays'

const meta = {
  title: 'Marketplace/Browse',
  component: Marketplace,
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof Marketplace>
export default meta
type Story = StoryObj<typeof meta>

export const Apps: Story = {
  parameters: { pictures: ['dark', 'high contrast', 'right to left', 'narrow'] },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByRole('button', { name: 'Order Lookup' })).toBeVisible()
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search apps' }), 'invoice')
    await expect(await canvas.findByRole('button', { name: 'Invoices' })).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Sentiment' })).toBeNull())
    await userEvent.clear(canvas.getByRole('searchbox', { name: 'Search apps' }))
    await expect(await canvas.findByRole('button', { name: 'Sentiment' })).toBeVisible()
  },
}

export const MorePages: Story = {
  parameters: {
    msw: [
      http.get('/api/souk/catalog/apps', ({ request }) =>
        new URL(request.url).searchParams.get('cursor')
          ? HttpResponse.json({ items: apps.slice(3), nextCursor: null })
          : HttpResponse.json({ items: apps.slice(0, 3), nextCursor: 'page-2' }),
      ),
      ...handlers,
    ],
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Show more' }))
    await expect(await canvas.findByRole('button', { name: 'House Rules' })).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Show more' })).toBeNull()
  },
}

export const Loading: Story = { parameters: { msw: [hang('/catalog/apps'), ...handlers] }, play: seesLoading }

export const Empty: Story = {
  parameters: { msw: [answer('/catalog/apps', { items: [], nextCursor: null }), ...handlers] },
}

export const NoMatch: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByRole('searchbox', { name: 'Search apps' }), 'zeppelin')
    await expect(await canvas.findByText('No app matches')).toBeVisible()
  },
}

export const Failed: Story = {
  parameters: { msw: [fail('/catalog/apps'), ...handlers], pictures: ['dark'] },
  play: seesFailure,
}

export const Offline: Story = {
  parameters: { msw: [unreachable('/catalog/apps'), ...handlers] },
  play: seesNoServer,
}

/** Not even who asks is known. */
export const OfflineAtOnce: Story = {
  parameters: { msw: [unreachable('/me'), ...handlers] },
  play: seesNoServer,
}

export const Dark: Story = { globals: { theme: 'dark' } }

export const RightToLeft: Story = { globals: { direction: 'rtl' } }
