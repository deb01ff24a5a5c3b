import type { PropsOf } from './component-props'

export const ScrollArea = ({ label, height = 'medium', children, methodsRef }: PropsOf<'ScrollArea'>) => (
  // Focusable, so that a keyboard can scroll it.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <section ref={methodsRef} className="souk-scroll-area" data-height={height} aria-label={label} tabIndex={0}>
    {children}
  </section>
)
