import type { PropsOf } from './component-props'

export const Code = ({ children }: PropsOf<'Code'>) => <code className="souk-code">{children}</code>
