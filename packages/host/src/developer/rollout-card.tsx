import { type Deployment, getRollout, haltRollout, type Rollout, raiseRollout } from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { useAction } from '../marketplace/use-action'
import { useFormat } from '../marketplace/use-format'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { useMessages } from './use-messages'

/** Whom a published version reaches, how it fares there, and the brake. */
export const RolloutCard = ({ deployment }: { readonly deployment: Deployment }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Card } = registry.components
  const { id } = deployment
  const load = useLoad(useCallback(() => client.request(getRollout, { params: { id } }), [client, id]))
  return (
    <Card title={messages.rollout}>
      <Loaded load={load}>{(rollout) => <Counted counted={rollout} />}</Loaded>
    </Card>
  )
}

const STAGES = [1, 5, 10, 25, 50, 100] as const

const Counted = ({ counted }: { readonly counted: Rollout }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Alert, Button, Grid, Inline, Progress, Select, Stack, Stat, Text } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { toast } = useDeveloper()
  const format = useFormat()
  const { isRunning, error, run } = useAction()
  const [chosen, setChosen] = useState<number>()
  const [isHalting, setHalting] = useState(false)
  const { deployment, installations, calls, failedCalls, budget } = counted
  const { id, version, rollout } = deployment
  if (!rollout) return null
  const isHalted = rollout.status === 'halted'
  // A halted one may go on from where it was.
  const stages = STAGES.filter((stage) => stage > rollout.percent || (isHalted && stage === rollout.percent))
  const next =
    chosen !== undefined && stages.some((stage) => stage === chosen) ? chosen : (stages[0] ?? rollout.percent)

  const raise = () =>
    run(async () => {
      const body = { percent: next, ...(isHalted ? { resume: true } : {}) }
      await client.change(raiseRollout, { params: { id }, body })
      toast(messages.raised(format.percent(next)))
    })
  const halt = () =>
    run(async () => {
      await client.change(haltRollout, { params: { id }, body: {} })
      toast(messages.halted)
    })
  return (
    <Stack>
      {isHalted ? (
        <Alert tone="danger" title={messages.rolloutStates.halted(format.percent(rollout.percent))}>
          {rollout.haltCode ? messages.haltCodes[rollout.haltCode] : null}
        </Alert>
      ) : (
        <Text>{messages.rolloutStates[rollout.status](format.percent(rollout.percent))}</Text>
      )}
      {rollout.status === 'rolling' ? <Progress label={messages.rolloutProgress} value={rollout.percent} /> : null}
      <Grid columns={3}>
        <Stat label={messages.rolloutInstallations} value={format.number(installations)} />
        <Stat label={messages.rolloutCalls} value={format.number(calls)} />
        <Stat label={messages.rolloutFailed} value={format.number(failedCalls)} />
      </Grid>
      {rollout.status === 'complete' ? null : (
        <>
          <Text size="small" tone="muted">
            {messages.rolloutBudget(
              format.percent(budget.maxFailedShare * 100),
              format.number(budget.minCalls),
              format.number(budget.windowMs / 60_000),
            )}
          </Text>
          <ActionFailure error={error} />
          <Inline align="end">
            <Select
              label={messages.raiseTo}
              value={String(next)}
              options={stages.map((stage) => ({ value: String(stage), label: format.percent(stage) }))}
              onChange={(value) => setChosen(Number(value))}
            />
            <Button variant="primary" loading={isRunning} onPress={() => void raise()}>
              {isHalted ? messages.resume : messages.raise}
            </Button>
            {isHalted ? null : (
              <Button variant="danger" disabled={isRunning} onPress={() => setHalting(true)}>
                {messages.halt}
              </Button>
            )}
          </Inline>
        </>
      )}
      {isHalting ? (
        <ConfirmDialog
          title={messages.haltConfirm(version)}
          description={messages.haltDescription}
          confirmLabel={messages.halt}
          destructive
          onAnswer={(confirmed) => {
            setHalting(false)
            if (confirmed) void halt()
          }}
        />
      ) : null}
    </Stack>
  )
}
