import { Send } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from './button'

export interface ReplyBoxProps {
  readonly customerName: string
  /** @returns Whether it was stored; the text stays when it was not. */
  readonly onSend: (body: string, isNote: boolean) => Promise<boolean>
}

export const ReplyBox = ({ customerName, onSend }: ReplyBoxProps) => {
  const [body, setBody] = useState('')
  const [isNote, setNote] = useState(false)
  const [isSending, setSending] = useState(false)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending || body.trim() === '') return
    setSending(true)
    const sent = await onSend(body, isNote)
    setSending(false)
    if (sent) setBody('')
  }

  return (
    <form className="fh-reply" data-note={isNote} onSubmit={send}>
      <div className="fh-reply-kinds" role="radiogroup" aria-label="Kind of message">
        <label>
          <input type="radio" name="kind" checked={!isNote} onChange={() => setNote(false)} />
          Reply
        </label>
        <label>
          <input type="radio" name="kind" checked={isNote} onChange={() => setNote(true)} />
          Note
        </label>
      </div>
      <textarea
        rows={3}
        aria-label={isNote ? 'Note' : 'Reply'}
        placeholder={isNote ? 'Only your team will see this' : `Write to ${customerName.split(' ')[0]} ...`}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit()
        }}
      />
      <div className="fh-reply-end">
        <small className="fh-muted">Ctrl + Enter sends</small>
        <Button
          type="submit"
          variant="primary"
          loading={isSending}
          disabled={body.trim() === ''}
          icon={<Send size={15} />}
        >
          {isNote ? 'Add note' : 'Send reply'}
        </Button>
      </div>
    </form>
  )
}
