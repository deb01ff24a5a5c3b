import type { PropsOf } from './component-props'

export const List = ({ label, children }: PropsOf<'List'>) => (
  // role: Safari forgets that a list without bullets is a list.
  // biome-ignore lint/a11y/noRedundantRoles: see above.
  <ul className="souk-list" role="list" aria-label={label}>
    {children}
  </ul>
)
