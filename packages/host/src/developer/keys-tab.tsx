import {
  API_KEY_SCOPES,
  type ApiKeyInfo,
  type ApiKeyScope,
  createApiKey,
  listApiKeys,
  listOwnKeys,
  revokeApiKey,
  revokeOwnKey,
} from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { ShowMore } from '../marketplace/show-more'
import { useAction } from '../marketplace/use-action'
import { useFormat } from '../marketplace/use-format'
import { usePages } from '../marketplace/use-pages'
import { useSouk } from '../souk-context'
import type { OwnAccount } from './account-screen'
import { useDeveloper } from './developer-context'
import { ShownOnce } from './shown-once'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'

/** The keys of an account; of a member, those that act for them. */
export const KeysTab = ({ account }: { readonly account: OwnAccount }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Card, List, Text } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { toast } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKeyInfo>()
  const { id } = account
  const isAdmin = account.role !== 'member'
  const { result, isLoadingMore, showMore } = usePages(
    useCallback(
      async (cursor) => {
        const query = { cursor }
        if (isAdmin) return client.request(listApiKeys, { params: { id }, query })
        const page = await client.request(listOwnKeys, { query })
        return { ...page, items: page.items.filter((key) => key.developerAccountId === id) }
      },
      [client, id, isAdmin],
    ),
  )
  const answer = (confirmed: boolean) => {
    const key = revoking
    setRevoking(undefined)
    if (!confirmed || !key) return
    void run(async () => {
      if (isAdmin) await client.change(revokeApiKey, { params: { id, keyId: key.id } })
      else await client.change(revokeOwnKey, { params: { keyId: key.id } })
      toast(messages.keyRevokedToast(key.name))
    })
  }
  return (
    <Card
      title={messages.keys}
      description={messages.keysDescription}
      actions={
        isAdmin ? (
          <Button variant="primary" onPress={() => setMaking(true)}>
            {messages.newKey}
          </Button>
        ) : null
      }
    >
      <ActionFailure error={error} />
      <Loaded load={result}>
        {({ items, hasMore }) =>
          items.length === 0 && !hasMore ? (
            <Text tone="muted">{messages.noKeys}</Text>
          ) : (
            <>
              <List label={messages.keys}>
                {items.map((key) => (
                  <KeyItem key={key.id} info={key} disabled={isRunning} onRevoke={() => setRevoking(key)} />
                ))}
              </List>
              {hasMore ? <ShowMore loading={isLoadingMore} onPress={showMore} /> : null}
            </>
          )
        }
      </Loaded>
      {revoking ? (
        <ConfirmDialog
          title={messages.revokeKeyConfirm(revoking.name)}
          description={messages.revokeKeyDescription}
          confirmLabel={messages.revokeKey}
          destructive
          onAnswer={answer}
        />
      ) : null}
      {isMaking ? <NewKeyDialog accountId={id} onClose={() => setMaking(false)} /> : null}
    </Card>
  )
}

interface KeyItemProps {
  readonly info: ApiKeyInfo
  readonly disabled: boolean
  readonly onRevoke: () => void
}

const KeyItem = ({ info, disabled, onRevoke }: KeyItemProps) => {
  const messages = useMessages()
  const { Badge, Button, ListItem } = useSouk().registry.components
  const format = useFormat()
  const { name, scopes, userId, createdAt, expiresAt, revokedAt } = info
  const isOver = expiresAt !== null && Date.parse(expiresAt) < Date.now()
  return (
    <ListItem
      title={name}
      description={[
        userId,
        scopes.map((scope) => messages.scopes[scope]).join(', '),
        messages.madeOn(format.date(createdAt)),
        expiresAt ? messages.expires(format.date(expiresAt)) : messages.neverEnds,
      ].join(' · ')}
      trailing={
        revokedAt ? (
          <Badge>{messages.keyRevoked}</Badge>
        ) : isOver ? (
          <Badge>{messages.keyEnded}</Badge>
        ) : (
          <Button
            size="small"
            variant="quiet"
            disabled={disabled}
            label={messages.revokeKeyOf(name)}
            onPress={onRevoke}
          >
            {messages.revokeKey}
          </Button>
        )
      }
    />
  )
}

const LIVES = ['30', '90', '365', 'never'] as const

interface NewKeyDialogProps {
  readonly accountId: string
  readonly onClose: () => void
}

const NewKeyDialog = ({ accountId, onClose }: NewKeyDialogProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, CheckboxGroup, Form, Inline, Input, Select } = registry.components
  const { Dialog } = registry.chrome
  const { isRunning, error, fields, submit } = useFormAction()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>(['read', 'deploy'])
  const [life, setLife] = useState<(typeof LIVES)[number]>('90')
  const [key, setKey] = useState<string>()
  return (
    <Dialog title={messages.newKey} size="medium" onClose={onClose}>
      {key === undefined ? (
        <Form
          label={messages.newKey}
          onSubmit={() =>
            submit(async () => {
              const body = {
                name: name.trim(),
                scopes,
                ...(life === 'never' ? {} : { expiresInDays: Number(life) }),
              }
              const made = await client.change(createApiKey, { params: { id: accountId }, body })
              setKey(made.key)
            })
          }
        >
          <ActionFailure error={error} />
          <Input
            label={messages.keyName}
            placeholder={messages.keyNamePlaceholder}
            required
            maxLength={100}
            value={name}
            error={fields.name}
            onChange={setName}
          />
          <CheckboxGroup
            label={messages.keyScopes}
            value={scopes}
            error={fields.scopes}
            options={API_KEY_SCOPES.map((value) => ({ value, label: messages.scopes[value] }))}
            onChange={(chosen) => setScopes(API_KEY_SCOPES.filter((scope) => chosen.includes(scope)))}
          />
          <Select
            label={messages.keyEnds}
            value={life}
            options={LIVES.map((value) => ({ value, label: messages.keyLives[value] }))}
            onChange={(value) => setLife(LIVES.find((known) => known === value) ?? '90')}
          />
          <Inline justify="end">
            <Button onPress={onClose}>{messages.cancel}</Button>
            <Button
              type="submit"
              variant="primary"
              loading={isRunning}
              disabled={name.trim() === '' || scopes.length === 0}
            >
              {messages.createKey}
            </Button>
          </Inline>
        </Form>
      ) : (
        <ShownOnce title={messages.keyCreated} description={messages.keyCreatedDescription} secret={key} />
      )}
    </Dialog>
  )
}
