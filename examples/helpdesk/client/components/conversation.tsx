import { Lock } from 'lucide-react'
import type { Message } from '../api'
import { formatAgo, formatFull } from '../format'
import { Avatar } from './avatar'

export const Conversation = ({ messages }: { readonly messages: readonly Message[] }) => (
  <ol className="fh-conversation">
    {messages.map((message) => (
      <li key={message.id} className="fh-message" data-kind={message.isNote ? 'note' : message.authorKind}>
        <Avatar name={message.authorName} />
        <article>
          <header>
            <strong className="fh-message-author">{message.authorName}</strong>
            {message.isNote ? (
              <span className="fh-note-mark">
                <Lock size={12} aria-hidden="true" /> Note, only for the team
              </span>
            ) : null}
            <time dateTime={message.createdAt} title={formatFull(message.createdAt)}>
              {formatAgo(message.createdAt)}
            </time>
          </header>
          <p>{message.body}</p>
        </article>
      </li>
    ))}
  </ol>
)
