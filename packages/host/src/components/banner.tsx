import { Button } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { CloseIcon } from './icons'
import { ToneIcon } from './tone-icon'
import { useMessages } from './use-messages'

export const Banner = ({ tone = 'info', title, onDismiss, actions, children, methodsRef }: PropsOf<'Banner'>) => {
  const messages = useMessages()
  return (
    <div
      ref={methodsRef}
      className="souk-alert souk-banner"
      data-tone={tone}
      role={tone === 'danger' ? 'alert' : 'status'}
    >
      <ToneIcon tone={tone} />
      <div className="souk-alert-body">
        {title ? <div className="souk-alert-title">{title}</div> : null}
        {children ? <div className="souk-alert-content">{children}</div> : null}
      </div>
      {actions ? <div className="souk-banner-actions">{actions}</div> : null}
      {onDismiss ? (
        <Button className="souk-icon-button" aria-label={messages.dismiss} onPress={() => onDismiss()}>
          <CloseIcon />
        </Button>
      ) : null}
    </div>
  )
}
