import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Marketplace } from './marketplace'
import { installation, updatable } from './testing/fixtures'
import { answer, fail, handlers, hang, unreachable } from './testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from './testing/plays'

const meta = {
  title: 'Marketplace/Installed',
  component: Marketplace,
  args: { route: { name: 'installed' } },
  parameters: {
    msw: [
      answer('/installations', {
        nextCursor: null,
        items: [
          updatable,
          { ...installation, id: '2', needsConfiguration: true, app: { ...installation.app, title: 'Call Calendar' } },
          {
            ...installation,
            id: '3',
            status: 'uninstalled',
            uninstalledAt: '2026-03-09T08:00:00.000Z',
            app: { ...installation.app, title: 'Translate' },
          },
        ],
      }),
      ...handlers,
    ],
  },
  play: seesContent,
} satisfies Meta<typeof Marketplace>
export default meta
type Story = StoryObj<typeof meta>

export const Apps: Story = {
  parameters: { pictures: [] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Update available')).toBeVisible()
    await expect(canvas.getByText('Needs configuration')).toBeVisible()
    await expect(canvas.getByText('Uninstalled')).toBeVisible()
  },
}

export const Empty: Story = {
  parameters: { msw: [answer('/installations', { items: [], nextCursor: null }), ...handlers] },
}

export const Loading: Story = { parameters: { msw: [hang('/installations'), ...handlers] }, play: seesLoading }

export const Failed: Story = {
  parameters: { msw: [fail('/installations'), ...handlers] },
  play: seesFailure,
}

export const Offline: Story = {
  parameters: { msw: [unreachable('/installations'), ...handlers] },
  play: seesNoServer,
}
