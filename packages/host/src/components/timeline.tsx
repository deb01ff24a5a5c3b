import type { PropsOf } from './component-props'

export const Timeline = ({ label, children, methodsRef }: PropsOf<'Timeline'>) => (
  <ol ref={methodsRef} className="souk-timeline" aria-label={label}>
    {children}
  </ol>
)

export const TimelineItem = ({ title, time, tone = 'neutral', children, methodsRef }: PropsOf<'TimelineItem'>) => (
  <li ref={methodsRef} className="souk-timeline-item" data-tone={tone}>
    <div className="souk-timeline-head">
      <span className="souk-timeline-title">{title}</span>
      {time ? <span className="souk-timeline-time">{time}</span> : null}
    </div>
    {children ? <div className="souk-timeline-content">{children}</div> : null}
  </li>
)
