import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { answer, fail, hang, refuse, unreachable } from '../marketplace/testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from '../marketplace/testing/plays'
import { DeveloperPortal } from './developer-portal'
import { approved, deployed, draftApp, haltedRollout } from './testing/fixtures'
import { handlers } from './testing/handlers'

const empty = { items: [], nextCursor: null }

const meta = {
  title: 'Developer/Portal',
  component: DeveloperPortal,
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof DeveloperPortal>
export default meta
type Story = StoryObj<typeof meta>

export const Apps: Story = {
  parameters: { pictures: ['dark', 'narrow'] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Sentiment')).toBeVisible()
  },
}
export const AppsLoading: Story = {
  parameters: { msw: [hang('/developer/apps'), ...handlers] },
  play: seesLoading,
}
export const NoApps: Story = { parameters: { msw: [answer('/developer/apps', empty), ...handlers] } }
export const AppsFailed: Story = { parameters: { msw: [fail('/developer/apps'), ...handlers] }, play: seesFailure }
export const AppsOffline: Story = {
  parameters: { msw: [unreachable('/developer/apps'), ...handlers] },
  play: seesNoServer,
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
export const VersionsLoading: Story = {
  ...Versions,
  parameters: { msw: [hang('/developer/apps/:slug/deployments'), ...handlers] },
  play: seesLoading,
}
export const VersionsFailed: Story = {
  ...Versions,
  parameters: { msw: [fail('/developer/apps/:slug/deployments'), ...handlers] },
  play: seesFailure,
}
export const VersionsOffline: Story = {
  ...Versions,
  parameters: { msw: [unreachable('/developer/apps/:slug/deployments'), ...handlers] },
  play: seesNoServer,
}
export const AppLoading: Story = {
  ...Versions,
  parameters: { msw: [hang('/developer/apps/:slug'), ...handlers] },
  play: seesLoading,
}
export const AppFailed: Story = {
  ...Versions,
  parameters: { msw: [fail('/developer/apps/:slug'), ...handlers] },
  play: seesFailure,
}
export const AppOffline: Story = {
  ...Versions,
  parameters: { msw: [unreachable('/developer/apps/:slug'), ...handlers] },
  play: seesNoServer,
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
export const Halted: Story = {
  ...Rolling,
  parameters: { msw: [answer('/developer/deployments/:id/rollout', haltedRollout), ...handlers] },
}
export const VersionLoading: Story = {
  ...Rolling,
  parameters: { msw: [hang('/developer/deployments/:id'), ...handlers] },
  play: seesLoading,
}
export const VersionFailed: Story = {
  ...Rolling,
  parameters: { msw: [fail('/developer/deployments/:id'), ...handlers] },
  play: seesFailure,
}
export const VersionOffline: Story = {
  ...Rolling,
  parameters: { msw: [unreachable('/developer/deployments/:id'), ...handlers] },
  play: seesNoServer,
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

const logs = { args: { route: { name: 'app', slug: 'order-lookup', tab: 'logs' } } } as const

export const Logs: Story = {
  ...logs,
  parameters: { pictures: [] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /refund · FUNCTION_FAILED/ }))
    await expect(await canvas.findByText(/the order service answered 502/)).toBeVisible()
  },
}
export const NoLogs: Story = {
  ...logs,
  parameters: { msw: [answer('/developer/apps/:slug/logs', { items: [], cursor: 'c' }), ...handlers] },
}
export const LogsLoading: Story = {
  ...logs,
  parameters: { msw: [hang('/developer/apps/:slug/logs'), ...handlers] },
  play: seesLoading,
}
export const LogsFailed: Story = {
  ...logs,
  parameters: { msw: [fail('/developer/apps/:slug/logs'), ...handlers] },
  play: seesFailure,
}
export const LogsOffline: Story = {
  ...logs,
  parameters: { msw: [unreachable('/developer/apps/:slug/logs'), ...handlers] },
  play: seesNoServer,
}
