import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { answer, fail, hang, refuse, unreachable } from '../marketplace/testing/handlers'
import { seesContent, seesFailure, seesLoading, seesNoServer } from '../marketplace/testing/plays'
import { DeveloperPortal } from './developer-portal'
import { handlers } from './testing/handlers'

const empty = { items: [], nextCursor: null }

const meta = {
  title: 'Developer/Accounts',
  component: DeveloperPortal,
  parameters: { msw: handlers },
  play: seesContent,
} satisfies Meta<typeof DeveloperPortal>
export default meta
type Story = StoryObj<typeof meta>

export const Accounts: Story = { args: { route: { name: 'accounts' } } }
export const AccountsLoading: Story = {
  ...Accounts,
  parameters: { msw: [hang('/developer/accounts'), ...handlers] },
  play: seesLoading,
}
export const AccountsFailed: Story = {
  ...Accounts,
  parameters: { msw: [fail('/developer/accounts'), ...handlers] },
  play: seesFailure,
}
export const AccountsOffline: Story = {
  ...Accounts,
  parameters: { msw: [unreachable('/developer/accounts'), ...handlers] },
  play: seesNoServer,
}
export const NoAccounts: Story = {
  ...Accounts,
  parameters: { msw: [answer('/developer/accounts', empty), ...handlers] },
}
export const Members: Story = { args: { route: { name: 'account', id: 'acc-northwind', tab: 'members' } } }
export const MembersLoading: Story = {
  ...Members,
  parameters: { msw: [hang('/developer/accounts/:id/members'), ...handlers] },
  play: seesLoading,
}
export const MembersFailed: Story = {
  ...Members,
  parameters: { msw: [fail('/developer/accounts/:id/members'), ...handlers] },
  play: seesFailure,
}
export const MembersOffline: Story = {
  ...Members,
  parameters: { msw: [unreachable('/developer/accounts/:id/members'), ...handlers] },
  play: seesNoServer,
}
export const NoInvitations: Story = {
  ...Members,
  parameters: { msw: [answer('/developer/accounts/:id/invitations', empty), ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Nobody is invited at the moment.')).toBeVisible()
  },
}
export const InvitationsLoading: Story = {
  ...Members,
  parameters: { msw: [hang('/developer/accounts/:id/invitations'), ...handlers] },
  play: seesLoading,
}
export const InvitationsFailed: Story = {
  ...Members,
  parameters: { msw: [fail('/developer/accounts/:id/invitations'), ...handlers] },
  play: seesFailure,
}
export const InvitationsOffline: Story = {
  ...Members,
  parameters: { msw: [unreachable('/developer/accounts/:id/invitations'), ...handlers] },
  play: seesNoServer,
}
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
const askInvitation = async ({ canvas, userEvent }: Pick<StoryContext, 'canvas' | 'userEvent'>) => {
  await userEvent.click(await canvas.findByRole('button', { name: 'Continue' }))
}
export const InvitationUnknown: Story = {
  ...Invitation,
  parameters: {
    msw: [
      refuse('post', '/developer/invitations/read', {
        code: 'NOT_FOUND',
        status: 404,
        detail: 'This invitation is not valid any more. Ask for a new one.',
      }),
      ...handlers,
    ],
  },
  play: async (context) => {
    await askInvitation(context)
    await expect(await context.canvas.findByText(/not valid any more/)).toBeVisible()
  },
}
export const InvitationOffline: Story = {
  ...Invitation,
  parameters: { msw: [unreachable('/developer/invitations/read', 'post'), ...handlers] },
  play: async (context) => {
    await askInvitation(context)
    await expect(await context.canvas.findByText(/could not be reached/)).toBeVisible()
  },
}

const keys = { args: { route: { name: 'account', id: 'acc-northwind', tab: 'keys' } } } as const
export const Keys: Story = {
  ...keys,
  parameters: { pictures: ['dark'] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'New key' })).toBeVisible()
    await expect((await canvas.findAllByRole('listitem')).length).toBeGreaterThan(0)
  },
}
export const NoKeys: Story = {
  ...keys,
  parameters: { msw: [answer('/developer/accounts/:id/api-keys', empty), ...handlers] },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('There is no key yet.')).toBeVisible()
  },
}
export const KeysLoading: Story = {
  ...keys,
  parameters: { msw: [hang('/developer/accounts/:id/api-keys'), ...handlers] },
  play: seesLoading,
}
export const KeysFailed: Story = {
  ...keys,
  parameters: { msw: [fail('/developer/accounts/:id/api-keys'), ...handlers] },
  play: seesFailure,
}
export const KeysOffline: Story = {
  ...keys,
  parameters: { msw: [unreachable('/developer/accounts/:id/api-keys'), ...handlers] },
  play: seesNoServer,
}
export const NewKey: Story = {
  ...keys,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'New key' }))
  },
}
