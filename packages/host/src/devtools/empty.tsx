import type { ReactNode } from 'react'

export const Empty = ({ children }: { readonly children: ReactNode }) => <p className="souk-dev-muted">{children}</p>
