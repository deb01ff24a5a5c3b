import { DialogTrigger } from 'react-aria-components'
import { useAppTitle } from '../app-title'
import { useShown } from '../tree/use-shown'
import { Dialog as ChromeDialog } from './chrome/dialog'
import type { PropsOf } from './component-props'
import { useOwnValue } from './use-own-value'

export const Dialog = ({
  title,
  size = 'medium',
  open,
  onOpenChange,
  trigger,
  footer,
  children,
}: PropsOf<'Dialog'>) => {
  const [isOpen, setOwn] = useOwnValue(open, false)
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  // It stands over the page, so it says which app it is of: else an app could pass for the product.
  const appTitle = useAppTitle()
  const { anchor, isShown } = useShown()
  return (
    <>
      {anchor}
      <DialogTrigger isOpen={false} onOpenChange={(next) => next && change(true)}>
        {trigger}
      </DialogTrigger>
      {isOpen && isShown ? (
        <ChromeDialog title={title} size={size} appTitle={appTitle} onClose={() => change(false)}>
          {children}
          {footer ? <div className="souk-dialog-footer">{footer}</div> : null}
        </ChromeDialog>
      ) : null}
    </>
  )
}
