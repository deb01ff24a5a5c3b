import type { PropsOf } from './component-props'

export const Image = ({ src, alt, width, height }: PropsOf<'Image'>) => (
  <img
    className="souk-image"
    src={src}
    alt={alt}
    width={width}
    height={height}
    loading="lazy"
    referrerPolicy="no-referrer"
  />
)
