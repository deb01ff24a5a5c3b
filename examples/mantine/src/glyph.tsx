import { type PropsOf, standardComponents } from '@souk/host/components'

/** The pictures are the host's own: the contract names them, and they take the colour of the text around them. */
export const Glyph = ({ name }: Pick<PropsOf<'Icon'>, 'name'>) => <standardComponents.Icon name={name} />
