import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components'
import { useShown } from '../tree/use-shown'
import type { PropsOf } from './component-props'
import { useOwnValue } from './use-own-value'
import { useThemeAttribute } from './use-theme-attribute'

export const Popover = ({ label, open, onOpenChange, trigger, children }: PropsOf<'Popover'>) => {
  const [isOpen, setOwn] = useOwnValue(open, false)
  const { anchor, isShown } = useShown()
  return (
    <DialogTrigger
      isOpen={isOpen && isShown}
      onOpenChange={(next) => {
        setOwn(next)
        onOpenChange?.(next)
      }}
    >
      {anchor}
      {trigger}
      <AriaPopover
        className="souk-popover souk-popover-card"
        placement="bottom start"
        offset={6}
        {...useThemeAttribute()}
      >
        <Dialog className="souk-dialog" aria-label={label}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
