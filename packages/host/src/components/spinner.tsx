import type { PropsOf } from './component-props'

export const Spinner = ({ label, methodsRef }: PropsOf<'Spinner'>) => (
  <span
    ref={methodsRef}
    className="souk-spinner"
    {...(label ? { role: 'status', 'aria-label': label } : { 'aria-hidden': true })}
  >
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
      <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeWidth="1.75" opacity="0.22" />
      <path d="M14.25 8A6.25 6.25 0 008 1.75" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  </span>
)
