import type { PublishCheck } from '@souk/extension-sdk/protocol'
import type { ReactNode } from 'react'
import { useFormat } from '../marketplace/use-format'
import { useSouk } from '../souk-context'
import { useMessages } from './use-messages'

interface CheckListProps {
  readonly checks: readonly PublishCheck[]
  readonly actions?: ReactNode
}

/** What an app still lacks, what stands in the way first, and how each is put right. */
export const CheckList = ({ checks, actions }: CheckListProps) => {
  const messages = useMessages()
  const { Alert, Badge, Card, List, ListItem, Stack } = useSouk().registry.components
  const format = useFormat()
  const errors = checks.filter(({ severity }) => severity === 'error')
  const warnings = checks.filter(({ severity }) => severity === 'warning')
  const title =
    errors.length > 0
      ? messages.checkErrors(errors.length, format.number(errors.length))
      : warnings.length > 0
        ? messages.checkWarnings(warnings.length, format.number(warnings.length))
        : messages.checksPass
  const texts: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = messages.checkTexts
  return (
    <Card title={messages.checks} description={messages.checksDescription} actions={checks.length > 0 ? actions : null}>
      <Stack>
        <Alert tone={errors.length > 0 ? 'danger' : warnings.length > 0 ? 'warning' : 'success'} title={title} />
        {checks.length > 0 ? (
          <List label={messages.checks}>
            {[...errors, ...warnings].map((check) => {
              // A check of a newer server says itself what it means.
              const { message, fix } = texts[check.code] ?? check
              return (
                <ListItem
                  key={check.code}
                  title={message}
                  description={fix}
                  trailing={
                    <Badge tone={check.severity === 'error' ? 'danger' : 'warning'}>
                      {messages.severities[check.severity]}
                    </Badge>
                  }
                />
              )
            })}
          </List>
        ) : null}
      </Stack>
    </Card>
  )
}
