import type { PropsOf } from './component-props'

export const Separator = (_props: PropsOf<'Separator'>) => <hr className="souk-separator" />
