/** How a story can be seen, apart from how it is written. What the toolbar switches, and the width of the window in pixels. */
export const LOOKS = {
  dark: { globals: { theme: 'dark' } },
  'high contrast': { globals: { contrast: 'more' } },
  compact: { globals: { density: 'compact' } },
  'right to left': { globals: { direction: 'rtl' } },
  narrow: { globals: {}, width: 360 },
} as const satisfies Record<string, { globals: Record<string, string>; width?: number }>

export type Look = keyof typeof LOOKS

declare module 'storybook/internal/types' {
  interface Parameters {
    /** The story is compared with pictures of it: as it is written, and in these looks. */
    pictures?: readonly Look[]
    /** The pictures are also shown to fail on `PLANTED_FAULTS`. */
    plantFaults?: boolean
  }
}
