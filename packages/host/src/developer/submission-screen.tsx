import {
  getReview,
  REVIEW_STEP_OPERATIONS,
  type Review,
  rejectDeployment,
  updateAppTrust,
} from '@souk/extension-sdk/protocol'
import { useCallback, useState } from 'react'
import { BackLink } from '../marketplace/back-link'
import { ActionFailure } from '../marketplace/failure'
import { Loaded } from '../marketplace/loaded'
import { Prose } from '../marketplace/prose'
import { ScreenTitle } from '../marketplace/screen-title'
import { useAction } from '../marketplace/use-action'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { CheckList } from './check-list'
import { ManifestChanges } from './manifest-changes'
import { useReview } from './review-context'
import { StatusBadges } from './status-badge'
import { useFormAction } from './use-form-action'
import { useMessages } from './use-messages'
import { VersionFacts } from './version-screen'

/** One submission: what it changes, what the app says of itself, and the decision. */
export const SubmissionScreen = ({ id }: { readonly id: string }) => {
  const messages = useMessages()
  const { client } = useSouk()
  const { go } = useReview()
  const review = useLoad(useCallback(() => client.request(getReview, { params: { id } }), [client, id]))
  return (
    <>
      <BackLink label={messages.backToReviews} onPress={() => go({ name: 'queue' })} />
      <Loaded load={review}>{(loaded) => <Submission review={loaded} />}</Loaded>
    </>
  )
}

const Submission = ({ review }: { readonly review: Review }) => {
  const messages = useMessages()
  const { Alert, Avatar, Section, Stack, Text } = useSouk().registry.components
  const { app, deployment, previous, developer, checks } = review
  const { rejectionReason, status } = deployment
  return (
    <>
      <header className="souk-marketplace-hero">
        <Avatar name={app.title} src={app.avatarUrl ?? undefined} size="large" />
        <Stack gap="small">
          <Stack gap="none">
            <ScreenTitle>{messages.versionTitle(app.title, deployment.version)}</ScreenTitle>
            <Text tone="muted">{messages.submittedBy(developer.title)}</Text>
          </Stack>
          <StatusBadges deployment={deployment} />
        </Stack>
      </header>
      <div className="souk-marketplace-columns">
        <Stack gap="large">
          <Decision review={review} />
          {status === 'rejected' && rejectionReason ? (
            <Alert tone="danger" title={messages.rejectedBecause}>
              {rejectionReason}
            </Alert>
          ) : null}
          <ManifestChanges before={previous} after={deployment} />
          <CheckList checks={checks} />
          <Section title={messages.releaseNotes}>
            <Prose text={deployment.releaseNotes ?? messages.noReleaseNotes} />
          </Section>
          <Section title={messages.fields.description}>
            <Prose text={app.description} />
          </Section>
          <Section title={messages.fields.overview}>
            <Prose text={app.overview ?? messages.none} />
          </Section>
        </Stack>
        <Stack>
          <VersionFacts deployment={deployment} />
          <TrustCard review={review} />
        </Stack>
      </div>
    </>
  )
}

const Decision = ({ review }: { readonly review: Review }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Box, Button, Inline, Section } = registry.components
  const { toast } = useReview()
  const { isRunning, error, run } = useAction()
  const [isRejecting, setRejecting] = useState(false)
  const { id, version, status } = review.deployment
  if (status !== 'pending-review' && status !== 'in-review') return null

  const take = (step: 'start' | 'approve') =>
    run(async () => {
      await client.change(REVIEW_STEP_OPERATIONS[step], { params: { id }, body: {} })
      toast(step === 'start' ? messages.reviewStarted : messages.approvedToast(version))
    })
  return (
    <Box surface="raised" padding="medium">
      <Section
        title={messages.statuses[status]}
        description={status === 'pending-review' ? messages.startReviewDescription : messages.decideDescription}
      >
        <ActionFailure error={error} />
        {status === 'pending-review' ? (
          <div>
            <Button variant="primary" loading={isRunning} onPress={() => void take('start')}>
              {messages.startReview}
            </Button>
          </div>
        ) : (
          <Inline>
            <Button variant="primary" loading={isRunning} onPress={() => void take('approve')}>
              {messages.approve}
            </Button>
            <Button variant="danger" disabled={isRunning} onPress={() => setRejecting(true)}>
              {messages.reject}
            </Button>
          </Inline>
        )}
        {isRejecting ? <RejectDialog id={id} version={version} onClose={() => setRejecting(false)} /> : null}
      </Section>
    </Box>
  )
}

const MIN_REASON_LENGTH = 10

interface RejectDialogProps {
  readonly id: string
  readonly version: string
  readonly onClose: () => void
}

const RejectDialog = ({ id, version, onClose }: RejectDialogProps) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Button, Form, Inline, Textarea } = registry.components
  const { Dialog } = registry.chrome
  const { toast } = useReview()
  const { isRunning, error, fields, submit } = useFormAction()
  const [reason, setReason] = useState('')
  return (
    <Dialog title={messages.rejectTitle(version)} size="medium" onClose={onClose}>
      <Form
        label={messages.rejectTitle(version)}
        onSubmit={() =>
          submit(async () => {
            await client.change(rejectDeployment, { params: { id }, body: { reason: reason.trim() } })
            toast(messages.rejectedToast(version))
            onClose()
          })
        }
      >
        <ActionFailure error={error} />
        <Textarea
          label={messages.rejectReason}
          description={messages.rejectReasonDescription}
          required
          rows={5}
          maxLength={2000}
          value={reason}
          error={fields.reason}
          onChange={setReason}
        />
        <Inline justify="end">
          <Button onPress={onClose}>{messages.cancel}</Button>
          <Button
            type="submit"
            variant="danger"
            loading={isRunning}
            disabled={reason.trim().length < MIN_REASON_LENGTH}
          >
            {messages.rejectNow}
          </Button>
        </Inline>
      </Form>
    </Dialog>
  )
}

const TrustCard = ({ review }: { readonly review: Review }) => {
  const messages = useMessages()
  const { client, registry } = useSouk()
  const { Card, Stack, Switch } = registry.components
  const { toast } = useReview()
  const { isRunning, error, run } = useAction()
  const { slug, verified, autoApprove } = review.app
  const save = (body: { readonly verified?: boolean; readonly autoApprove?: boolean }) =>
    void run(async () => {
      await client.change(updateAppTrust, { params: { slug }, body })
      toast(messages.trustSaved)
    })
  return (
    <Card title={messages.trust}>
      <Stack>
        <ActionFailure error={error} />
        <Switch
          label={messages.trustVerified}
          description={messages.trustVerifiedDescription}
          checked={verified}
          disabled={isRunning}
          onChange={(next) => save({ verified: next })}
        />
        <Switch
          label={messages.trustAutoApprove}
          description={messages.trustAutoApproveDescription}
          checked={autoApprove}
          disabled={isRunning}
          onChange={(next) => save({ autoApprove: next })}
        />
      </Stack>
    </Card>
  )
}
