import { Button } from './button'

export interface LoadErrorProps {
  readonly error: Error
  readonly onRetry: () => void
}

export const LoadError = ({ error, onRetry }: LoadErrorProps) => (
  <div className="fh-load-error" role="alert">
    <p>{error.message}</p>
    <Button onClick={onRetry}>Try again</Button>
  </div>
)
