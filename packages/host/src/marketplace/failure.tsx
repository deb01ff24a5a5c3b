import { HostError } from '../host-error'
import { useSouk } from '../souk-context'
import { messages } from './messages'

/** The words for the user, and the code and reference for support. */
export const describeFailure = (error: unknown) =>
  error instanceof HostError
    ? { message: error.message, code: error.code, traceId: error.traceId }
    : { message: messages.unknownFailure, code: 'INTERNAL', traceId: undefined }

interface LoadFailureProps {
  readonly error: unknown
  readonly retry: () => void
}

/** In the place of what could not be loaded. */
export const LoadFailure = ({ error, retry }: LoadFailureProps) => {
  const { Notice } = useSouk().registry.chrome
  return <Notice title={messages.failed} {...describeFailure(error)} onRetry={retry} />
}

/** Beside what the user tried to do; nothing while all is well. */
export const ActionFailure = ({ error }: { readonly error: unknown }) => {
  const { Alert, Stack, Text } = useSouk().registry.components
  if (error === undefined) return null
  const { message, code, traceId } = describeFailure(error)
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
