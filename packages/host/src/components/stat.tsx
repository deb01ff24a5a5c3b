import type { PropsOf } from './component-props'

export const Stat = ({ label, value, change, tone = 'neutral', methodsRef }: PropsOf<'Stat'>) => (
  <div ref={methodsRef} className="souk-stat">
    <div className="souk-stat-label">{label}</div>
    <div className="souk-stat-value">{value}</div>
    {change ? (
      <div className="souk-stat-change" data-tone={tone}>
        {change}
      </div>
    ) : null}
  </div>
)
