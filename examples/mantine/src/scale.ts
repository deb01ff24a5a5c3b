/** The contract's words for spaces, sizes and tones, in Mantine's. */

export type Gap = 'none' | 'small' | 'medium' | 'large'
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'
export type TextTone = 'default' | 'muted' | 'info' | 'success' | 'warning' | 'danger'

export const GAPS = { none: 0, small: 'xs', medium: 'md', large: 'xl' } as const satisfies Record<Gap, string | number>

/** Heights of what scrolls or is drawn to a scale, in pixels. */
export const HEIGHTS = { small: 160, medium: 320, large: 480 } as const

export const TONES = {
  neutral: 'gray',
  info: 'blue',
  success: 'teal',
  warning: 'orange',
  danger: 'red',
} as const satisfies Record<Tone, string>

/** Text is darker than a filled surface of the same colour: it has to be readable on the page. */
export const TEXT_TONES = {
  default: undefined,
  muted: 'dimmed',
  info: 'var(--mantine-color-blue-text)',
  success: 'var(--mantine-color-teal-text)',
  warning: 'var(--mantine-color-orange-text)',
  danger: 'var(--mantine-color-red-text)',
} as const satisfies Record<TextTone, string | undefined>

export const ALIGNS = { start: 'flex-start', center: 'center', end: 'flex-end', stretch: 'stretch' } as const

export const BUTTON_VARIANTS = {
  primary: { variant: 'filled' },
  secondary: { variant: 'default' },
  quiet: { variant: 'subtle' },
  danger: { variant: 'filled', color: 'red' },
} as const
