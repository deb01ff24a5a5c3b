import { createDeveloperAccount } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { ScreenHeader } from '../marketplace/screen-header'
import { ShowMore } from '../marketplace/show-more'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'

/** The developer accounts the user belongs to. */
export const AccountsScreen = () => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Avatar, Button, Card, EmptyState, Inline, List, ListItem } = registry.components
  const { go } = useDeveloper()
  const [isOpening, setOpening] = useState(false)
  const { result, isLoadingMore, showMore } = usePages(
    useCallback((cursor) => client.developerAccounts({ cursor }), [client]),
  )
  const actions = (
    <Inline>
      <Button onPress={() => go({ name: 'invitation' })}>{messages.useInvitation}</Button>
      <Button variant="primary" onPress={() => setOpening(true)}>
        {messages.newAccount}
      </Button>
    </Inline>
  )
  return (
    <>
      <div className="souk-marketplace-head">
        <ScreenHeader title={messages.accountsTitle} description={messages.accountsDescription} />
        {result.status === 'ready' && result.data.items.length > 0 ? actions : null}
      </div>
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyState title={messages.noAccounts} description={messages.noAccountsDescription} actions={actions} />
          ) : (
            <Card>
              <List label={messages.accountsTitle}>
                {items.map(({ id, slug, title, logoUrl }) => (
                  <ListItem
                    key={id}
                    title={title}
                    description={slug}
                    leading={<Avatar name={title} src={logoUrl ?? undefined} />}
                    onPress={() => go({ name: 'account', id, tab: 'members' })}
                  />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </Card>
          )
        }
      </Loaded>
      {isOpening ? <NewAccountDialog onClose={() => setOpening(false)} /> : null}
    </>
  )
}

const NewAccountDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Form, Inline, Input } = registry.components
  const { Dialog } = registry.chrome
  const { go, toast } = useDeveloper()
  const [title, setTitle] = useState('')
  const [slug, setSlug] = useState('')
  const { isRunning, error, fields, submit } = useFormAction()
  return (
    <Dialog title={messages.newAccount} size="medium" onClose={onClose}>
      <Form
        label={messages.newAccount}
        onSubmit={() =>
          submit(async () => {
            const body = { slug: slug.trim(), title: title.trim() }
            const account = await client.change(createDeveloperAccount, { body })
            toast(messages.accountCreated(account.title))
            go({ name: 'account', id: account.id, tab: 'members' })
          })
        }
      >
        <ActionFailure error={error} />
        <Input label={messages.title} required maxLength={100} value={title} error={fields.title} onChange={setTitle} />
        <Input
          label={messages.slug}
          description={messages.slugDescription}
          placeholder="parcelworks"
          required
          maxLength={60}
          value={slug}
          error={fields.slug}
          onChange={setSlug}
        />
        <Inline justify="end">
          <Button onPress={onClose}>{messages.cancel}</Button>
          <Button
            type="submit"
            variant="primary"
            loading={isRunning}
            disabled={title.trim() === '' || slug.trim() === ''}
          >
            {messages.openAccount}
          </Button>
        </Inline>
      </Form>
    </Dialog>
  )
}
