import { createApp } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'

export const NewAppDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, EmptyState, Form, Inline, Input, Select } = registry.components
  const { Dialog } = registry.chrome
  const { go, toast } = useDeveloper()
  const accounts = useLoad(useCallback(() => client.developerAccounts({ limit: 100 }), [client]))
  const [chosen, setChosen] = useState<string>()
  const [title, setTitle] = useState('')
  const [slug, setSlug] = useState('')
  const { isRunning, error, fields, submit, forget } = useFormAction()
  return (
    <Dialog title={messages.newApp} size="medium" onClose={onClose}>
      <Loaded load={accounts}>
        {({ items }) => {
          const developerAccountId = chosen ?? items[0]?.id
          if (developerAccountId === undefined)
            return (
              <EmptyState
                title={messages.needsAccount}
                description={messages.needsAccountDescription}
                actions={<Button onPress={() => go({ name: 'accounts' })}>{messages.goToAccounts}</Button>}
              />
            )
          return (
            <Form
              label={messages.newApp}
              onSubmit={() =>
                submit(async () => {
                  const body = { developerAccountId, slug: slug.trim(), title: title.trim() }
                  const app = await client.change(createApp, { body })
                  toast(messages.appCreated(app.title))
                  go({ name: 'app', slug: app.slug, tab: 'listing' })
                })
              }
            >
              <ActionFailure error={error} />
              {items.length > 1 ? (
                <Select
                  label={messages.account}
                  value={developerAccountId}
                  options={items.map((account) => ({ value: account.id, label: account.title }))}
                  onChange={setChosen}
                />
              ) : null}
              <Input
                label={messages.title}
                required
                value={title}
                maxLength={100}
                error={fields.title}
                onChange={(value) => {
                  forget('title')
                  setTitle(value)
                }}
              />
              <Input
                label={messages.slug}
                description={messages.slugDescription}
                required
                placeholder="order-lookup"
                maxLength={60}
                value={slug}
                error={fields.slug}
                onChange={(value) => {
                  forget('slug')
                  setSlug(value)
                }}
              />
              <Inline justify="end">
                <Button onPress={onClose}>{messages.cancel}</Button>
                <Button
                  type="submit"
                  variant="primary"
                  loading={isRunning}
                  disabled={title.trim() === '' || slug.trim() === ''}
                >
                  {messages.createApp}
                </Button>
              </Inline>
            </Form>
          )
        }}
      </Loaded>
    </Dialog>
  )
}
