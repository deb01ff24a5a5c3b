import type { CSSProperties } from 'react'
import type { PropsOf } from './component-props'

export const Grid = ({ columns = 2, gap = 'medium', children, methodsRef }: PropsOf<'Grid'>) => (
  // React's type of a style has no custom properties.
  <div ref={methodsRef} className="souk-grid" data-gap={gap} style={{ '--souk-columns': columns } as CSSProperties}>
    {children}
  </div>
)
