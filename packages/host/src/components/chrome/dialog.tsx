import { Dialog as AriaDialog, Button, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { DialogProps } from '../../registry/chrome'
import { CloseIcon } from '../icons'
import { Localized } from '../localized'
import { useMessages } from '../use-messages'
import { useThemeAttribute } from '../use-theme-attribute'

export const Dialog = ({ title, size, appTitle, onClose, children }: DialogProps) => {
  const messages = useMessages()
  const theme = useThemeAttribute()
  return (
    <Localized>
      <ModalOverlay
        className="souk-overlay"
        {...theme}
        isOpen
        isDismissable
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <Modal className="souk-modal" data-size={size}>
          <AriaDialog className="souk-dialog">
            <header className="souk-dialog-header">
              <div>
                <Heading slot="title" level={2} className="souk-dialog-title">
                  {title}
                </Heading>
                {appTitle ? <p className="souk-dialog-app">{appTitle}</p> : null}
              </div>
              <Button className="souk-icon-button" aria-label={messages.close} onPress={onClose}>
                <CloseIcon />
              </Button>
            </header>
            <div className="souk-dialog-body">{children}</div>
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </Localized>
  )
}
