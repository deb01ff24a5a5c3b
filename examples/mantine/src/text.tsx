import * as M from '@mantine/core'
import { type PropsOf, standardComponents } from '@souk/host/components'
import { TEXT_TONES, TONES } from './scale'

const SIZES = { small: 'sm', medium: 'md', large: 'lg' } as const
const WEIGHTS = { regular: 400, medium: 500, bold: 700 } as const

/** Mantine inherits a colour that is not given, and exact types want it left out. */
const toned = (tone: keyof typeof TEXT_TONES) => (TEXT_TONES[tone] ? { c: TEXT_TONES[tone] } : {})

export const Text = ({
  size = 'medium',
  weight = 'regular',
  tone = 'default',
  children,
  methodsRef,
}: PropsOf<'Text'>) => (
  <M.Text ref={methodsRef} span size={SIZES[size]} fw={WEIGHTS[weight]} {...toned(tone)}>
    {children}
  </M.Text>
)

export const TextBlock = ({ align = 'start', tone = 'default', children, methodsRef }: PropsOf<'TextBlock'>) => (
  <M.Text ref={methodsRef} component="p" ta={align} {...toned(tone)}>
    {children}
  </M.Text>
)

export const Heading = ({ level = '3', children, methodsRef }: PropsOf<'Heading'>) => (
  <M.Title ref={methodsRef} order={LEVELS[level]}>
    {children}
  </M.Title>
)

const LEVELS = { '1': 1, '2': 2, '3': 3, '4': 4 } as const

const ROLES = {
  display: { fz: 34, fw: 700, lh: 1.2 },
  title: { fz: 'xl', fw: 700 },
  subtitle: { fz: 'lg', fw: 600 },
  body: { fz: 'md' },
  caption: { fz: 'sm' },
  overline: { fz: 'xs', fw: 700, tt: 'uppercase' },
} as const

export const Typography = ({
  variant = 'body',
  align = 'start',
  tone = 'default',
  children,
  methodsRef,
}: PropsOf<'Typography'>) => (
  <M.Text ref={methodsRef} component="p" ta={align} {...ROLES[variant]} {...toned(tone)}>
    {children}
  </M.Text>
)

export const Code = ({ children, methodsRef }: PropsOf<'Code'>) => <M.Code ref={methodsRef}>{children}</M.Code>

export const Link = ({ href, children, methodsRef }: PropsOf<'Link'>) => (
  <M.Anchor ref={methodsRef} {...(href ? { href } : {})} target="_blank" rel="noopener noreferrer" underline="always">
    {children}
  </M.Anchor>
)

export const Badge = ({ tone = 'neutral', children, methodsRef }: PropsOf<'Badge'>) => (
  <M.Badge ref={methodsRef} color={TONES[tone]} variant="light" tt="none">
    {children}
  </M.Badge>
)

export const Tag = ({ label, disabled = false, onRemove, children, methodsRef }: PropsOf<'Tag'>) => (
  <M.Pill
    ref={methodsRef}
    disabled={disabled}
    withRemoveButton={onRemove !== undefined && !disabled}
    onRemove={() => void onRemove?.()}
    // Mantine takes its button out of the order of the Tab key, for lists of tags that have keys of their own.
    removeButtonProps={{ 'aria-label': `Remove ${label ?? ''}`, 'aria-hidden': false, tabIndex: 0 }}
  >
    {children ?? label}
  </M.Pill>
)

const ICON_SIZES = { small: 14, medium: 16, large: 22 } as const

export const Icon = ({ name, size = 'medium', tone = 'default', label, methodsRef }: PropsOf<'Icon'>) => (
  <M.Text
    ref={methodsRef}
    span
    fz={ICON_SIZES[size]}
    lh={1}
    {...toned(tone)}
    {...(label ? { role: 'img', 'aria-label': label } : {})}
  >
    <standardComponents.Icon name={name} size={size} />
  </M.Text>
)

export const Image = ({ src, alt, width, height, methodsRef }: PropsOf<'Image'>) => (
  <M.Image
    ref={methodsRef}
    {...(src ? { src } : {})}
    alt={alt}
    {...(width === undefined ? {} : { w: width, maw: '100%' })}
    {...(height === undefined ? {} : { h: height })}
    radius="sm"
    referrerPolicy="no-referrer"
  />
)

export const Avatar = ({ name, src, size = 'medium', methodsRef }: PropsOf<'Avatar'>) => (
  <M.Avatar
    ref={methodsRef}
    size={SIZES[size]}
    alt={name}
    // Named as a picture, whether it shows the face or the initials.
    role="img"
    aria-label={name}
    name={name}
    color="blue"
    {...(src ? { src } : {})}
    imageProps={{ referrerPolicy: 'no-referrer' }}
  />
)

export const AvatarGroup = ({ label, children, methodsRef }: PropsOf<'AvatarGroup'>) => (
  <M.Avatar.Group ref={methodsRef} role="group" aria-label={label}>
    {children}
  </M.Avatar.Group>
)

/** Parsed by the host, into elements and never into HTML; looking like Mantine's. */
export const Markdown = ({ text, methodsRef }: PropsOf<'Markdown'>) => (
  <M.Typography ref={methodsRef}>
    <standardComponents.Markdown text={text} />
  </M.Typography>
)
