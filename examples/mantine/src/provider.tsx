import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  MantineProvider,
  type VariantColorsResolver,
} from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import 'dayjs/locale/de'
import type { ReactNode } from 'react'

/** Mantine's pale variants are a little too pale for small text: WCAG asks for a contrast of 4.5. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const { variant, color } = input
  return (variant === 'light' || variant === 'subtle') && color !== undefined && input.theme.colors[color]
    ? {
        ...colors,
        color: `light-dark(color-mix(in srgb, var(--mantine-color-${color}-9) 70%, #000), var(--mantine-color-${color}-2))`,
      }
    : colors
}

const TEXT_COLORS = ['blue', 'teal', 'orange', 'red'] as const

const texts = (shade: number) =>
  Object.fromEntries(
    TEXT_COLORS.map((color) => [`--mantine-color-${color}-text`, `var(--mantine-color-${color}-${shade})`]),
  )

const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-9)',
    ...texts(9),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-4)',
    ...texts(4),
  },
})

const theme = createTheme({
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  variantColorResolver,
})

export interface ProductProviderProps {
  readonly colorScheme: 'light' | 'dark'
  /** BCP 47. */
  readonly locale?: string
  /** `test` draws without transitions and portals. */
  readonly env?: 'default' | 'test'
  readonly children: ReactNode
}

/** What a product on Mantine has around its pages anyway, and `SoukProvider` inside of it. */
export const ProductProvider = ({ colorScheme, locale = 'en', env = 'default', children }: ProductProviderProps) => (
  <MantineProvider
    theme={theme}
    forceColorScheme={colorScheme}
    cssVariablesResolver={cssVariablesResolver}
    env={env}
    // Where nothing is laid out, nobody has to work out styles for each provider.
    withCssVariables={env !== 'test'}
    withGlobalClasses={env !== 'test'}
  >
    <DatesProvider settings={{ locale: locale.slice(0, 2) }}>{children}</DatesProvider>
  </MantineProvider>
)
