import { useState } from 'react'
import type { PropsOf } from './component-props'

const HUES = 6

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('')

const hueOf = (name: string) =>
  Array.from(name).reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES

export const Avatar = ({ name, src, size = 'medium', methodsRef }: PropsOf<'Avatar'>) => {
  // The address that failed, so that a new one gets its chance.
  const [failed, setFailed] = useState<string>()
  return src && src !== failed ? (
    <img
      ref={methodsRef}
      className="souk-avatar"
      data-size={size}
      src={src}
      alt={name}
      referrerPolicy="no-referrer"
      onError={() => setFailed(src)}
    />
  ) : (
    <span ref={methodsRef} className="souk-avatar" data-size={size} data-hue={hueOf(name)} role="img" aria-label={name}>
      {initials(name)}
    </span>
  )
}
