import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { ConfirmDialogProps } from '../../registry/chrome'
import { Button } from '../button'
import { Localized } from '../localized'
import { useMessages } from '../use-messages'
import { useThemeAttribute } from '../use-theme-attribute'

export const ConfirmDialog = ({
  title,
  appTitle,
  description,
  confirmLabel,
  destructive,
  onAnswer,
}: ConfirmDialogProps) => {
  const messages = useMessages()
  const theme = useThemeAttribute()
  return (
    <Localized>
      <ModalOverlay
        className="souk-overlay"
        {...theme}
        isOpen
        onOpenChange={(isOpen) => {
          if (!isOpen) onAnswer(false)
        }}
      >
        <Modal className="souk-modal" data-size="small">
          <AriaDialog role="alertdialog" className="souk-dialog souk-confirm">
            <Heading slot="title" level={2} className="souk-dialog-title">
              {title}
            </Heading>
            {appTitle ? <p className="souk-dialog-app">{appTitle}</p> : null}
            {description ? <p className="souk-confirm-description">{description}</p> : null}
            <div className="souk-dialog-footer">
              <Button onPress={() => onAnswer(false)}>{messages.cancel}</Button>
              <Button variant={destructive ? 'danger' : 'primary'} onPress={() => onAnswer(true)}>
                {confirmLabel}
              </Button>
            </div>
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </Localized>
  )
}
