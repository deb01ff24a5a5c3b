import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { useOwnValue } from './use-own-value'
import { useThemeAttribute } from './use-theme-attribute'

export const Popover = ({ label, open, onOpenChange, trigger, children }: PropsOf<'Popover'>) => {
  const [isOpen, setOwn] = useOwnValue(open, false)
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={(next) => {
        setOwn(next)
        onOpenChange?.(next)
      }}
    >
      {trigger}
      <AriaPopover className="souk-popover souk-popover-card" offset={6} {...useThemeAttribute()}>
        <Dialog className="souk-dialog" aria-label={label}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
