import { useEffect, useRef, useState } from 'react'
import { useSouk } from '../souk-context'
import { useMessages } from './use-messages'

interface ShownOnceProps {
  readonly title: string
  readonly description: string
  readonly secret: string
}

/** A secret that the server tells once: to be read, copied, and gone with the dialog. */
export const ShownOnce = ({ title, description, secret }: ShownOnceProps) => {
  const messages = useMessages()
  const { Alert, Button, Stack } = useSouk().registry.components
  const [isCopied, setCopied] = useState(false)
  const shown = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone with its form: without this, a keyboard would be nowhere.
  useEffect(() => shown.current?.focus(), [])
  return (
    <div ref={shown} tabIndex={-1} className="souk-marketplace-shown">
      <Stack>
        <Alert tone="success" title={title}>
          {description}
        </Alert>
        <pre className="souk-marketplace-log">{secret}</pre>
        <div>
          <Button
            variant="primary"
            // Where a page may not write to the clipboard, the text is there to be selected.
            onPress={() =>
              void navigator.clipboard?.writeText(secret).then(
                () => setCopied(true),
                () => undefined,
              )
            }
          >
            {isCopied ? messages.copied : messages.copy}
          </Button>
        </div>
      </Stack>
    </div>
  )
}
