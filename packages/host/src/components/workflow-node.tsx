import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { useMessages } from './use-messages'

export const WorkflowNode = ({
  title,
  description,
  icon,
  status = 'idle',
  selected = false,
  children,
  methodsRef,
}: PropsOf<'WorkflowNode'>) => {
  const messages = useMessages()
  return (
    <article
      ref={methodsRef}
      className="souk-node"
      data-status={status}
      data-selected={selected || undefined}
      aria-label={title}
    >
      <header className="souk-node-head">
        {icon ? (
          <span className="souk-node-icon">
            <Glyph name={icon} />
          </span>
        ) : null}
        <div className="souk-node-heading">
          <div className="souk-node-title">{title}</div>
          {description ? <div className="souk-node-description">{description}</div> : null}
        </div>
        {status === 'idle' ? null : (
          <span className="souk-node-status" data-status={status}>
            {messages.status[status]}
          </span>
        )}
      </header>
      {children ? <div className="souk-node-body">{children}</div> : null}
    </article>
  )
}

export const WorkflowNodeRow = ({ label, children, methodsRef }: PropsOf<'WorkflowNodeRow'>) => (
  <div ref={methodsRef} className="souk-node-row">
    {label ? <span className="souk-node-row-label">{label}</span> : null}
    <div className="souk-node-row-content">{children}</div>
  </div>
)

export const WorkflowNodeText = ({ tone = 'default', children, methodsRef }: PropsOf<'WorkflowNodeText'>) => (
  <span ref={methodsRef} className="souk-text souk-node-text" data-tone={tone}>
    {children}
  </span>
)

export const WorkflowNodeHandle = ({
  id,
  type,
  label,
  connected = false,
  methodsRef,
}: PropsOf<'WorkflowNodeHandle'>) => (
  <div
    ref={methodsRef}
    className="souk-node-handle"
    data-handle={id}
    data-type={type}
    data-connected={connected || undefined}
    role="img"
    aria-label={label ?? id}
  >
    <span className="souk-node-dot" />
    {label ? <span className="souk-node-handle-label">{label}</span> : null}
  </div>
)
