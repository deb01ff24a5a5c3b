import type { CatalogDeployment, EgressRule, ScopeRequest } from '@souk/extension-sdk/protocol'
import type { Consent } from '../api/souk-client'
import { useSouk } from '../souk-context'
import { AccountList, EgressList, ScopeList } from './asks'
import { ActionFailure } from './failure'
import { useAction } from './use-action'
import { useMessages } from './use-messages'

interface ConsentDialogProps {
  readonly title: string
  readonly developer: string
  readonly deployment: CatalogDeployment
  /** What was not granted before; everything for an install. */
  readonly newScopes: readonly ScopeRequest[]
  readonly newEgress: readonly Pick<EgressRule, 'host' | 'purpose'>[]
  readonly isUpdate: boolean
  readonly onConsent: (consent: Consent) => Promise<void>
  readonly onClose: () => void
}

/** Says all that the app will be allowed to do. Nothing is granted that was not shown here, or granted before. */
export const ConsentDialog = (props: ConsentDialogProps) => {
  const messages = useMessages()
  const { title, developer, deployment, newScopes, newEgress, isUpdate, onConsent, onClose } = props
  const { registry, context } = useSouk()
  const { Alert, Button, Inline, Section, Separator, Stack, Text } = registry.components
  const { Dialog } = registry.chrome
  const { isRunning, error, run } = useAction()
  const { connections: accounts = [] } = deployment
  const asksNothing = newScopes.length === 0 && newEgress.length === 0
  return (
    <Dialog
      title={isUpdate ? messages.consentUpdateTitle(title, deployment.version) : messages.consentTitle(title)}
      size="medium"
      onClose={onClose}
    >
      <Stack>
        <Text tone="muted">
          {messages.consentDescription(developer, deployment.version)}.{' '}
          {messages.consentFor(context.organization.name ?? messages.yourOrganization)}
        </Text>
        {deployment.deploymentType === 'development' ? (
          <Alert tone="warning">{messages.developmentWarning}</Alert>
        ) : null}
        {/* Focusable, so that a keyboard can scroll a long list. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
        <section className="souk-marketplace-consent" aria-label={messages.consentAsks} tabIndex={0}>
          <Stack gap="large">
            {newScopes.length > 0 ? (
              <Section title={isUpdate ? messages.consentNewAllows : messages.consentAllows}>
                <ScopeList label={messages.permissions} scopes={newScopes} />
              </Section>
            ) : null}
            {newEgress.length > 0 ? (
              <Section title={isUpdate ? messages.consentNewConnects : messages.consentConnects}>
                <EgressList label={messages.connections} egress={newEgress} />
              </Section>
            ) : null}
            {accounts.length > 0 ? (
              <Section title={messages.consentAccounts} description={messages.consentAccountsDescription}>
                <AccountList label={messages.consentAccounts} accounts={accounts} />
              </Section>
            ) : null}
            {asksNothing ? <Text>{isUpdate ? messages.consentNothingNew : messages.consentNothing}</Text> : null}
          </Stack>
        </section>
        <Separator />
        <ActionFailure error={error} />
        <Inline justify="end">
          <Button onPress={onClose}>{messages.cancel}</Button>
          <Button
            variant="primary"
            loading={isRunning}
            onPress={() =>
              run(() =>
                onConsent({
                  deploymentId: deployment.id,
                  grantedScopes: deployment.scopes.map((scope) => scope.id),
                  grantedEgress: deployment.egress.map((rule) => rule.host),
                }),
              )
            }
          >
            {isUpdate ? messages.update : messages.install}
          </Button>
        </Inline>
      </Stack>
    </Dialog>
  )
}
