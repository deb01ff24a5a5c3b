import {
  type AppListing,
  type DeveloperApp,
  listDeployments,
  type Manifest,
  publishChecks,
  updateApp,
} from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { useFormat } from '../marketplace/use-format'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { CheckList } from './check-list'
import { useDeveloper } from './developer-context'
import { errorOf, fromDraft, toDraft } from './listing-draft'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'

const LINES = ['title', 'category', 'tags'] as const
const TEXTS = ['overview', 'contentHowItWorks', 'contentConfigure', 'screenshots'] as const
const ADDRESSES = ['avatarUrl', 'websiteUrl', 'documentationUrl', 'supportUrl', 'termsUrl'] as const

/** How an app presents itself, with the publish checks judging it while it is typed. */
export const ListingTab = ({ app }: { readonly app: DeveloperApp }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Card, Form, Inline, Input, Textarea } = registry.components
  const { toast } = useDeveloper()
  const format = useFormat()
  const [draft, setDraft] = useState(() => toDraft(app))
  const { isRunning, error, fields, submit, forget } = useFormAction()
  const { slug } = app
  const newest = useLoad(
    useCallback(async () => {
      const { items } = await client.request(listDeployments, { params: { slug }, query: { limit: 1 } })
      return items[0]?.manifest
    }, [client, slug]),
  )
  const change = (field: keyof AppListing) => (value: string) => {
    forget(field)
    setDraft((before) => ({ ...before, [field]: value }))
  }
  const save = () =>
    submit(async () => {
      const saved = await client.change(updateApp, { params: { slug }, body: fromDraft(draft) })
      setDraft(toDraft(saved))
      toast(messages.listingSaved)
    })
  const common = (field: keyof AppListing) => ({
    name: field,
    label: messages.fields[field],
    value: draft[field],
    error: errorOf(fields, field),
    onChange: change(field),
  })
  return (
    <div className="souk-marketplace-columns">
      <Card title={messages.listing} description={messages.listingDescription}>
        <Form label={messages.listing} onSubmit={save}>
          {Object.keys(fields).length > 0 ? <Alert tone="danger" title={messages.listingRefused} /> : null}
          {LINES.map((field) => (
            <Input
              key={field}
              {...common(field)}
              required={field === 'title'}
              description={field === 'tags' ? messages.tagsDescription : undefined}
            />
          ))}
          <Textarea
            {...common('description')}
            rows={3}
            description={messages.characters(format.number(draft.description.trim().length))}
          />
          {TEXTS.map((field) => (
            <Textarea
              key={field}
              {...common(field)}
              rows={field === 'overview' ? 5 : 3}
              description={field === 'screenshots' ? messages.screenshotsDescription : undefined}
            />
          ))}
          {ADDRESSES.map((field) => (
            <Input key={field} {...common(field)} type="url" placeholder="https://" />
          ))}
          <ActionFailure error={error} />
          <Inline justify="end">
            <Button type="submit" variant="primary" loading={isRunning}>
              {messages.saveListing}
            </Button>
          </Inline>
        </Form>
      </Card>
      <CheckList checks={judge(fromDraft(draft), newest.status === 'ready' ? newest.data : undefined)} />
    </div>
  )
}

/** Before anything is deployed, only the listing can be judged. */
const judge = (listing: AppListing, manifest: Manifest | undefined) =>
  publishChecks(listing, manifest ?? NOTHING_DEPLOYED).filter(({ field }) => manifest || field !== 'manifest')

const NOTHING_DEPLOYED: Manifest = {
  manifestVersion: 1,
  id: 'none',
  version: '0.0.0',
  protocolVersion: 1,
  scopes: [],
  egress: { server: [] },
  surfaces: [],
  settings: { organization: {}, user: {} },
  functions: [],
}
