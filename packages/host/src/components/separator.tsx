import type { PropsOf } from './component-props'

export const Separator = ({ methodsRef }: PropsOf<'Separator'>) => <hr ref={methodsRef} className="souk-separator" />
