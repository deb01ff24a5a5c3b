import { Button } from 'react-aria-components'
import type { PropsOf } from './component-props'

export const ListItem = ({
  title,
  description,
  leading,
  trailing,
  onPress,
  children,
  methodsRef,
}: PropsOf<'ListItem'>) => (
  <li ref={methodsRef} className="souk-list-item" data-pressable={onPress ? true : undefined}>
    {leading ? <div className="souk-list-leading">{leading}</div> : null}
    <div className="souk-list-main">
      {onPress ? (
        // The button's area covers the item; what is in `trailing` stays above it.
        <Button className="souk-list-press" onPress={() => onPress()}>
          {title ?? description}
        </Button>
      ) : title ? (
        <div className="souk-list-title">{title}</div>
      ) : null}
      {description && (title || !onPress) ? <div className="souk-list-description">{description}</div> : null}
      {children}
    </div>
    {trailing ? <div className="souk-list-trailing">{trailing}</div> : null}
  </li>
)
