import type { PropsOf } from './component-props'

export const Image = ({ src, alt, width, height, methodsRef }: PropsOf<'Image'>) => (
  <img
    ref={methodsRef}
    className="souk-image"
    src={src}
    alt={alt}
    width={width}
    height={height}
    loading="lazy"
    referrerPolicy="no-referrer"
  />
)
