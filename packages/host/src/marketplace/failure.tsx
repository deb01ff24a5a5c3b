import { HostError } from '../host-error'
import { useSouk } from '../souk-context'
import type { Messages } from './messages'
import { useMessages } from './use-messages'

/** The words for the user, and the code and reference for support. */
export const describeFailure = (error: unknown, messages: Messages) =>
  error instanceof HostError
    ? {
        message: error.code === 'NETWORK_FAILED' ? messages.networkFailed : error.message,
        code: error.code,
        traceId: error.traceId,
      }
    : { message: messages.unknownFailure, code: 'INTERNAL', traceId: undefined }

interface LoadFailureProps {
  readonly error: unknown
  readonly retry: () => void
}

/** In the place of what could not be loaded. */
export const LoadFailure = ({ error, retry }: LoadFailureProps) => {
  const messages = useMessages()
  const { Notice } = useSouk().registry.chrome
  return <Notice title={messages.failed} {...describeFailure(error, messages)} onRetry={retry} />
}

/** Beside what the user tried to do; nothing while all is well. */
export const ActionFailure = ({ error }: { readonly error: unknown }) => {
  const messages = useMessages()
  const { Alert, Stack, Text } = useSouk().registry.components
  if (error === undefined) return null
  const { message, code, traceId } = describeFailure(error, messages)
  return (
    <Alert tone="danger" title={messages.failedAction}>
      <Stack gap="none">
        <Text>{message}</Text>
        <Text size="small" tone="muted">
          {messages.reference(code, traceId)}
        </Text>
      </Stack>
    </Alert>
  )
}
