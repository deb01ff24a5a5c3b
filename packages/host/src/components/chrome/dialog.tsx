import { Dialog as AriaDialog, Button, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { DialogProps } from '../../registry/chrome'
import { CloseIcon } from '../icons'
import { messages } from '../messages'
import { useThemeAttribute } from '../use-theme-attribute'

export const Dialog = ({ title, size, onClose, children }: DialogProps) => {
  const theme = useThemeAttribute()
  return (
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
            <Heading slot="title" level={2} className="souk-dialog-title">
              {title}
            </Heading>
            <Button className="souk-icon-button" aria-label={messages.close} onPress={onClose}>
              <CloseIcon />
            </Button>
          </header>
          <div className="souk-dialog-body">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
