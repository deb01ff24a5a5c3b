import type { PropsOf } from './component-props'

export const List = ({ label, children, methodsRef }: PropsOf<'List'>) => (
  // role: Safari forgets that a list without bullets is a list.
  // biome-ignore lint/a11y/noRedundantRoles: see above.
  <ul ref={methodsRef} className="souk-list" role="list" aria-label={label}>
    {children}
  </ul>
)
