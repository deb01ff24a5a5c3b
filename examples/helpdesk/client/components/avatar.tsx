const HUES = 6

/** The same person always has the same colour. */
const hueOf = (name: string): number =>
  [...name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}

export interface AvatarProps {
  readonly name: string
  readonly size?: 'small' | 'medium' | 'large'
}

/** Stands beside the name it abbreviates, so it is not read out. */
export const Avatar = ({ name, size = 'medium' }: AvatarProps) => (
  <span className="fh-avatar" data-size={size} data-hue={hueOf(name)} aria-hidden="true">
    {initialsOf(name)}
  </span>
)
