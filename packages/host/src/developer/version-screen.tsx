import {
  type DeploymentDetail,
  type DeveloperApp,
  getApp,
  getDeployment,
  hasErrors,
  publishChecks,
} from '@souk/extension-sdk/protocol'
import { useCallback } from 'react'
import { BackLink } from '../marketplace/back-link'
import { Loaded } from '../marketplace/loaded'
import { Prose } from '../marketplace/prose'
import { ScreenTitle } from '../marketplace/screen-title'
import { useFormat } from '../marketplace/use-format'
import { useLoad } from '../marketplace/use-load'
import { useSouk } from '../souk-context'
import { CheckList } from './check-list'
import { DeploymentSteps } from './deployment-steps'
import { useDeveloper } from './developer-context'
import { RolloutCard } from './rollout-card'
import { StatusBadges } from './status-badge'
import { useMessages } from './use-messages'

interface VersionScreenProps {
  readonly slug: string
  readonly id: string
}

/** One version of an app: where it stands, what it lacks, and the steps it may take. */
export const VersionScreen = ({ slug, id }: VersionScreenProps) => {
  const messages = useMessages()
  const { client } = useSouk()
  const { go } = useDeveloper()
  const both = useLoad(
    useCallback(async () => {
      const [app, deployment] = await Promise.all([
        client.request(getApp, { params: { slug } }),
        client.request(getDeployment, { params: { id } }),
      ])
      return { app, deployment }
    }, [client, slug, id]),
  )
  return (
    <>
      <BackLink label={messages.backToVersions} onPress={() => go({ name: 'app', slug, tab: 'versions' })} />
      <Loaded load={both}>{({ app, deployment }) => <Version app={app} deployment={deployment} />}</Loaded>
    </>
  )
}

interface VersionProps {
  readonly app: DeveloperApp
  readonly deployment: DeploymentDetail
}

const CHECKED = ['active', 'rejected', 'withdrawn', 'approved'] as const

const Version = ({ app, deployment }: VersionProps) => {
  const messages = useMessages()
  const { Alert, Button, Section, Stack } = useSouk().registry.components
  const { go } = useDeveloper()
  const { status, deploymentType, rejectionReason } = deployment
  const isProduction = deploymentType === 'production'
  // What the server asks again, by the same function.
  const checks =
    isProduction && CHECKED.some((known) => known === status) ? publishChecks(app, deployment.manifest) : null
  return (
    <>
      <Stack gap="small">
        <ScreenTitle>{messages.versionTitle(app.title, deployment.version)}</ScreenTitle>
        <StatusBadges deployment={deployment} />
      </Stack>
      <div className="souk-marketplace-columns">
        <Stack gap="large">
          {status === 'rejected' && rejectionReason ? (
            <Alert tone="danger" title={messages.rejectedBecause}>
              {rejectionReason}
            </Alert>
          ) : null}
          <DeploymentSteps deployment={deployment} isBlocked={checks !== null && hasErrors(checks)} />
          {checks ? (
            <CheckList
              checks={checks}
              actions={
                <Button onPress={() => go({ name: 'app', slug: app.slug, tab: 'listing' })}>
                  {messages.fixInListing}
                </Button>
              }
            />
          ) : null}
          {status === 'published' ? <RolloutCard deployment={deployment} /> : null}
          <Section title={messages.releaseNotes}>
            <Prose text={deployment.releaseNotes ?? messages.noReleaseNotes} />
          </Section>
        </Stack>
        <VersionFacts deployment={deployment} />
      </div>
    </>
  )
}

/** Where a version comes from and what it weighs. */
export const VersionFacts = ({ deployment }: { readonly deployment: DeploymentDetail }) => {
  const messages = useMessages()
  const { Card, DescriptionList } = useSouk().registry.components
  const format = useFormat()
  const { bundles, publishedAt, targetOrganizationId } = deployment
  const weigh = (bundle: DeploymentDetail['bundles']['client']) =>
    bundle ? format.bytes(bundle.sizeBytes) : messages.noBundle
  return (
    <aside aria-label={messages.facts}>
      <Card>
        <DescriptionList
          items={[
            { label: messages.type, value: messages.types[deployment.deploymentType] },
            { label: messages.clientBundle, value: weigh(bundles.client) },
            { label: messages.serverBundle, value: weigh(bundles.server) },
            { label: messages.created, value: format.dateTime(deployment.createdAt) },
            { label: messages.createdBy, value: deployment.createdBy },
            ...(publishedAt ? [{ label: messages.publishedAt, value: format.dateTime(publishedAt) }] : []),
            ...(targetOrganizationId ? [{ label: messages.target, value: targetOrganizationId }] : []),
          ]}
        />
      </Card>
    </aside>
  )
}
