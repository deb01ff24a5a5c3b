import type { NoticeProps } from '../../registry/chrome'
import { Button } from '../button'
import { ToneIcon } from '../tone-icon'
import { useMessages } from '../use-messages'
import { useThemeAttribute } from '../use-theme-attribute'

export const Notice = ({ title, message, code, traceId, onRetry }: NoticeProps) => {
  const messages = useMessages()
  return (
    <div className="souk-notice" role="alert" {...useThemeAttribute()}>
      <ToneIcon tone="warning" />
      <div className="souk-notice-body">
        <div className="souk-notice-title">{title}</div>
        <div className="souk-notice-message">{message}</div>
        <div className="souk-notice-reference">
          <code>{code}</code>
          {traceId ? <code>{traceId}</code> : null}
        </div>
        {onRetry ? (
          <div className="souk-notice-actions">
            <Button size="small" onPress={onRetry}>
              {messages.tryAgain}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}
