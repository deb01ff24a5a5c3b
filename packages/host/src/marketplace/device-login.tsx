import type { DeviceLogin as WaitingLogin } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { useSouk } from '../souk-context'
import { ActionFailure } from './failure'
import { Loaded } from './loaded'
import { ScreenHeader } from './screen-header'
import { ScreenRoot } from './screen-root'
import { useAction } from './use-action'
import { useLoad } from './use-load'
import { useMessages } from './use-messages'

export interface DeviceLoginProps {
  /** What stands in `?code=` of the address, when the person followed the link of the command line. It is filled in, and nothing more. */
  readonly code?: string
  /** Hears the title of the screen that is shown, for the title of the product's page. */
  readonly onTitleChange?: (title: string) => void
}

/** Where a developer lets a command line in that ran `souk login`. Mount it at `deviceLogin.verificationUri` of `createSouk`. */
export const DeviceLogin = ({ code: given = '', onTitleChange }: DeviceLoginProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, EmptyState, Form, Inline, Input, Stack } = registry.components
  const [code, setCode] = useState(given)
  const [waiting, setWaiting] = useState<WaitingLogin>()
  const { isRunning, error, run } = useAction()
  const decided = waiting?.status === 'approved' || waiting?.status === 'denied' ? waiting.status : undefined
  return (
    <ScreenRoot screen="device" onTitleChange={onTitleChange}>
      <div className="souk-marketplace-slim">
        <Stack gap="large">
          <ScreenHeader title={messages.deviceTitle} description={messages.deviceDescription} />
          {decided ? (
            <EmptyState
              title={decided === 'approved' ? messages.deviceApproved : messages.deviceDenied}
              description={
                decided === 'approved' ? messages.deviceApprovedDescription : messages.deviceDeniedDescription
              }
            />
          ) : waiting ? (
            <Decision code={code} waiting={waiting} onDecided={setWaiting} />
          ) : (
            <Form
              label={messages.deviceTitle}
              onSubmit={() => void run(async () => setWaiting(await client.deviceLogin(code)))}
            >
              <ActionFailure error={error} />
              <Input
                label={messages.deviceCode}
                placeholder="BCDF-GHJK"
                maxLength={40}
                value={code}
                onChange={setCode}
              />
              <Inline justify="end">
                <Button variant="primary" type="submit" loading={isRunning} disabled={code.trim() === ''}>
                  {messages.deviceContinue}
                </Button>
              </Inline>
            </Form>
          )}
        </Stack>
      </div>
    </ScreenRoot>
  )
}

interface DecisionProps {
  readonly code: string
  readonly waiting: WaitingLogin
  readonly onDecided: (login: WaitingLogin) => void
}

const Decision = ({ code, waiting, onDecided }: DecisionProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Inline, List, ListItem, Section, Select, Stack, Text } = registry.components
  const accounts = useLoad(useCallback(() => client.developerAccounts({ limit: 100 }), [client]))
  const [chosen, setChosen] = useState<string>()
  const { isRunning, error, run } = useAction()
  return (
    <Section title={messages.deviceAsks(waiting.name)}>
      <Stack>
        <Alert tone="warning">{messages.deviceCheck(code.trim().toUpperCase())}</Alert>
        <Text>{messages.deviceMay}</Text>
        <List>
          {waiting.scopes.map((scope) => (
            <ListItem key={scope}>{messages.deviceScopes[scope]}</ListItem>
          ))}
        </List>
        <Text tone="muted">{messages.deviceUntil(waiting.keyDays)}</Text>
        <Loaded load={accounts}>
          {({ items }) => {
            const account = chosen ?? items[0]?.id
            return (
              <Stack>
                {account === undefined ? (
                  <Alert tone="warning">{messages.deviceNoAccount}</Alert>
                ) : (
                  <Select
                    label={messages.deviceAccount}
                    value={account}
                    options={items.map(({ id, title }) => ({ value: id, label: title }))}
                    onChange={setChosen}
                  />
                )}
                <ActionFailure error={error} />
                <Inline justify="end">
                  <Button
                    disabled={isRunning}
                    onPress={() => run(async () => onDecided(await client.denyDeviceLogin(code)))}
                  >
                    {messages.deviceDeny}
                  </Button>
                  {account === undefined ? null : (
                    <Button
                      variant="primary"
                      loading={isRunning}
                      onPress={() => run(async () => onDecided(await client.approveDeviceLogin(code, account)))}
                    >
                      {messages.deviceApprove}
                    </Button>
                  )}
                </Inline>
              </Stack>
            )
          }}
        </Loaded>
      </Stack>
    </Section>
  )
}
