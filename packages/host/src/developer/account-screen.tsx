import {
  type DeveloperAccount,
  type DeveloperRole,
  listDeveloperAccounts,
  listMembers,
} from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { HostError } from '../host-error'
import { BackLink } from '../marketplace/back-link'
import { Loaded } from '../marketplace/loaded'
import { ScreenTitle } from '../marketplace/screen-title'
import { Tabs } from '../marketplace/tabs'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { KeysTab } from './keys-tab'
import { MembersTab } from './members-tab'
import { readAllPages } from './read-all-pages'
import type { DeveloperAccountTab } from './route'
import { useMessages } from './use-messages'

const TABS: readonly DeveloperAccountTab[] = ['members', 'keys']

interface AccountScreenProps {
  readonly id: string
  readonly tab: DeveloperAccountTab
}

/** A developer account, and what the user is in it. */
export interface OwnAccount extends DeveloperAccount {
  readonly role: DeveloperRole
}

export const AccountScreen = ({ id, tab }: AccountScreenProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Avatar, Badge, Stack, Text } = registry.components
  const { go, userId } = useDeveloper()
  const account = useLoad(
    useCallback(async (): Promise<OwnAccount> => {
      const [accounts, members] = await Promise.all([
        readAllPages((cursor) => client.request(listDeveloperAccounts, { query: { cursor, limit: 100 } })),
        readAllPages((cursor) => client.request(listMembers, { params: { id }, query: { cursor, limit: 100 } })),
      ])
      const found = accounts.find((one) => one.id === id)
      const own = members.find((member) => member.userId === userId)
      if (!found || !own) throw new HostError('NOT_FOUND', 'No account of yours has this id. Go back and choose one.')
      return { ...found, role: own.role }
    }, [client, id, userId]),
  )
  return (
    <>
      <BackLink label={messages.backToAccounts} onPress={() => go({ name: 'accounts' })} />
      <Loaded load={account}>
        {(loaded) => (
          <>
            <header className="souk-marketplace-hero">
              <Avatar name={loaded.title} src={loaded.logoUrl ?? undefined} size="large" />
              <Stack gap="small">
                <Stack gap="none">
                  <ScreenTitle>{loaded.title}</ScreenTitle>
                  <Text tone="muted">{loaded.slug}</Text>
                </Stack>
                <div>
                  <Badge>{messages.roles[loaded.role]}</Badge>
                </div>
              </Stack>
            </header>
            <Tabs
              label={messages.accountSections}
              tabs={TABS.map((one) => ({ id: one, label: messages.accountTabs[one] }))}
              current={tab}
              onChange={(next) => go({ name: 'account', id, tab: next })}
            />
            <div className="souk-marketplace-section">
              <h2 className="souk-marketplace-hidden">{messages.accountTabs[tab]}</h2>
              {tab === 'members' ? <MembersTab account={loaded} /> : <KeysTab account={loaded} />}
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
