import type { AppCallLog } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import { describeFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { useFormat } from '../marketplace/use-format'
import { useMessages as useSharedMessages } from '../marketplace/use-messages'
import { useSouk } from '../souk-context'
import { useFollowedCalls } from './use-followed-calls'
import { useMessages } from './use-messages'

const OUTCOMES = ['all', 'ok', 'error'] as const

/** What the server functions of an app did in every organization, as it happens. */
export const LogsTab = ({ slug }: { readonly slug: string }) => {
  const messages = useMessages()
  const shared = useSharedMessages()
  const { Accordion, Alert, Card, EmptyState, Inline, Select, Stack, Switch } = useSouk().registry.components
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('all')
  const [isFollowing, setFollowing] = useState(true)
  const { calls, error, retry } = useFollowedCalls(slug, outcome === 'all' ? undefined : outcome, isFollowing)
  const load = calls
    ? ({ status: 'ready', data: calls } as const)
    : error === undefined
      ? ({ status: 'loading' } as const)
      : ({ status: 'failed', error, retry } as const)
  return (
    <Card title={messages.logs} description={messages.logsDescription}>
      <Stack>
        <Inline align="end" justify="between">
          <Select
            label={messages.logsOutcome}
            value={outcome}
            options={OUTCOMES.map((value) => ({ value, label: messages.outcomes[value] }))}
            onChange={(value) => setOutcome(OUTCOMES.find((known) => known === value) ?? 'all')}
          />
          <Switch label={messages.follow} checked={isFollowing} onChange={setFollowing} />
        </Inline>
        {calls && error !== undefined ? (
          <Alert tone="warning" title={messages.followStopped}>
            {describeFailure(error, shared).message}
          </Alert>
        ) : null}
        <Loaded load={load}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title={messages.noLogs} description={messages.noLogsDescription} />
            ) : (
              <Accordion multiple>
                {items.map((call) => (
                  <CallItem key={call.id} call={call} />
                ))}
              </Accordion>
            )
          }
        </Loaded>
      </Stack>
    </Card>
  )
}

const CallItem = ({ call }: { readonly call: AppCallLog }) => {
  const messages = useMessages()
  const { AccordionItem, Badge, DescriptionList, Inline, Stack, Text } = useSouk().registry.components
  const format = useFormat()
  const { functionId, outcome, errorCode, durationMs, logs } = call
  return (
    <AccordionItem
      title={[
        functionId,
        outcome === 'error' ? (errorCode ?? messages.outcomes.error) : messages.outcomes.ok,
        format.dateTime(call.createdAt),
      ].join(' · ')}
    >
      <Stack>
        <Inline gap="small">
          <Badge tone={outcome === 'ok' ? 'success' : 'danger'}>{messages.outcomes[outcome]}</Badge>
          <Text size="small" tone="muted">
            {messages.duration(format.number(durationMs))}
          </Text>
          <Text size="small" tone="muted">
            {messages.logLines(logs.length, format.number(logs.length))}
          </Text>
        </Inline>
        {logs.length > 0 ? (
          <pre className="souk-marketplace-log">
            {logs.map(({ level, message }) => `${level}  ${message}`).join('\n')}
          </pre>
        ) : null}
        <DescriptionList
          items={[
            { label: messages.traceId, value: call.traceId },
            { label: messages.organization, value: call.organizationId },
            {
              label: messages.transferred,
              value: `${format.bytes(call.argumentBytes)} · ${format.bytes(call.resultBytes)}`,
            },
          ]}
        />
      </Stack>
    </AccordionItem>
  )
}
