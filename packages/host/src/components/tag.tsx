import { Button } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { CloseIcon } from './icons'
import { useMessages } from './use-messages'

export const Tag = ({ label, tone = 'neutral', disabled = false, onRemove, children, methodsRef }: PropsOf<'Tag'>) => {
  const messages = useMessages()
  return (
    <span ref={methodsRef} className="souk-badge souk-tag" data-tone={tone} data-disabled={disabled || undefined}>
      <span>{children ?? label}</span>
      {onRemove ? (
        <Button
          className="souk-tag-remove"
          isDisabled={disabled}
          aria-label={label ? `${messages.remove} ${label}` : messages.remove}
          onPress={() => onRemove()}
        >
          <CloseIcon />
        </Button>
      ) : null}
    </span>
  )
}
