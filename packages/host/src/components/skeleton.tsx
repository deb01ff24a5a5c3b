import type { PropsOf } from './component-props'

export const Skeleton = ({ lines = 3, methodsRef }: PropsOf<'Skeleton'>) => (
  <div ref={methodsRef} className="souk-skeleton" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
      <span key={line} className="souk-skeleton-line" />
    ))}
  </div>
)
