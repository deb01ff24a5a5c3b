import { DEPLOYMENT_STEP_OPERATIONS, type Deployment, publishDeployment } from '@souk/extension-sdk/protocol'
import { useState } from 'react'
import { ActionFailure } from '../marketplace/failure'
import { useAction } from '../marketplace/use-action'
import { useFormat } from '../marketplace/use-format'
import { useSouk } from '../souk-context'
import { useDeveloper } from './developer-context'
import { type DeploymentStep, stepsOf } from './steps-of'
import { useMessages } from './use-messages'

interface DeploymentStepsProps {
  readonly deployment: Deployment
  /** A publish check stands in the way of what needs them. */
  readonly isBlocked: boolean
}

/** Where a version stands in words, and the buttons for where it may go. What reaches others is asked once more. */
export const DeploymentSteps = ({ deployment, isBlocked }: DeploymentStepsProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Inline, Section } = registry.components
  const { ConfirmDialog } = registry.chrome
  const { toast } = useDeveloper()
  const { isRunning, error, run } = useAction()
  const [asking, setAsking] = useState<'publish' | 'deprecate'>()
  const { id, version, status } = deployment

  const take = (step: Exclude<DeploymentStep, 'publish'>) =>
    run(async () => {
      await client.change(DEPLOYMENT_STEP_OPERATIONS[step], { params: { id }, body: {} })
      toast(messages.stepDone[step](version))
    })
  const publish = async (rolloutPercent: number) => {
    await client.change(publishDeployment, { params: { id }, body: { rolloutPercent } })
    setAsking(undefined)
    toast(messages.stepDone.publish(version))
  }
  const isDevelopment = deployment.deploymentType === 'development' && status === 'active'
  const isRolling = status === 'published' && deployment.rollout?.status !== 'complete'
  return (
    <Section
      title={messages.whatNext}
      description={messages.next[isDevelopment ? 'development' : isRolling ? 'rolling' : status]}
    >
      <ActionFailure error={error} />
      <Inline>
        {stepsOf(deployment).map((step) => (
          <Button
            key={step}
            variant={step === 'submit' || step === 'publish' ? 'primary' : 'secondary'}
            loading={isRunning}
            disabled={isBlocked && (step === 'submit' || step === 'publish')}
            onPress={() => (step === 'publish' || step === 'deprecate' ? setAsking(step) : void take(step))}
          >
            {messages.steps[step]}
          </Button>
        ))}
      </Inline>
      {asking === 'deprecate' ? (
        <ConfirmDialog
          title={messages.deprecateConfirm(version)}
          description={messages.deprecateDescription}
          confirmLabel={messages.steps.deprecate}
          destructive
          onAnswer={(confirmed) => {
            setAsking(undefined)
            if (confirmed) void take('deprecate')
          }}
        />
      ) : null}
      {asking === 'publish' ? (
        <PublishDialog version={version} onPublish={publish} onClose={() => setAsking(undefined)} />
      ) : null}
    </Section>
  )
}

const REACHES = [100, 50, 25, 10, 1] as const

interface PublishDialogProps {
  readonly version: string
  readonly onPublish: (percent: number) => Promise<void>
  readonly onClose: () => void
}

const PublishDialog = ({ version, onPublish, onClose }: PublishDialogProps) => {
  const messages = useMessages()
  const { registry } = useSouk()
  const { Button, Inline, RadioGroup, Stack, Text } = registry.components
  const { Dialog } = registry.chrome
  const format = useFormat()
  const { isRunning, error, run } = useAction()
  const [percent, setPercent] = useState<number>(100)
  return (
    <Dialog title={messages.publishTitle(version)} size="medium" onClose={onClose}>
      <Stack>
        <Text>{messages.publishDescription}</Text>
        <RadioGroup
          label={messages.publishReach}
          value={String(percent)}
          options={REACHES.map((reach) => ({
            value: String(reach),
            label: reach === 100 ? messages.reachAll : messages.reach(format.percent(reach)),
          }))}
          onChange={(value) => setPercent(Number(value))}
        />
        <ActionFailure error={error} />
        <Inline justify="end">
          <Button onPress={onClose}>{messages.cancel}</Button>
          <Button variant="primary" loading={isRunning} onPress={() => run(() => onPublish(percent))}>
            {messages.publishNow}
          </Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
