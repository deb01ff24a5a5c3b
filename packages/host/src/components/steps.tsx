import type { PropsOf } from './component-props'
import { CheckIcon } from './icons'
import { useMessages } from './use-messages'

export const Steps = ({ label, items, current, methodsRef }: PropsOf<'Steps'>) => {
  const messages = useMessages()
  return (
    <ol ref={methodsRef} className="souk-steps" aria-label={label}>
      {items.map((item, index) => {
        const state = index + 1 < current ? 'done' : index + 1 === current ? 'current' : 'ahead'
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
            key={index}
            className="souk-step"
            data-state={state}
            {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="souk-step-mark" aria-hidden="true">
              {state === 'done' ? <CheckIcon /> : index + 1}
            </span>
            <span className="souk-step-text">
              <span className="souk-step-label">
                {item.label}
                {state === 'done' ? <span className="souk-visually-hidden"> ({messages.done})</span> : null}
              </span>
              {item.description ? <span className="souk-step-description">{item.description}</span> : null}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
