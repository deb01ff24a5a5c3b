import { createElement, type FunctionComponent } from 'react'
import { standardContract } from '../protocol/standard-contract'
import { createComponent } from './create-component'

const { components } = standardContract

type PropsOf<C> = C extends FunctionComponent<infer P> ? P : never

/** What a component of the contract looks like to extensions when it takes more names than the contract has. */
const shape = <Own extends object, Given>(
  component: FunctionComponent<Own>,
  name: string,
  toOwn: (props: Given) => Own,
): FunctionComponent<Given> => {
  const shaped = (props: Given) => createElement<Own>(component, toOwn(props))
  shaped.displayName = name
  return shaped
}

const ContractButton = createComponent('Button', components.Button)
type ButtonProps = PropsOf<typeof ContractButton> & {
  /** The same as `onPress`, for those who know it from the DOM. It gets no event. */
  readonly onClick?: (() => unknown) | undefined
}

/** Does something. */
export const Button = shape(ContractButton, 'Button', ({ onClick, ...props }: ButtonProps) =>
  onClick && !props.onPress ? { ...props, onPress: onClick } : props,
)

const TONES = {
  default: 'neutral',
  secondary: 'neutral',
  neutral: 'neutral',
  info: 'info',
  primary: 'info',
  success: 'success',
  warning: 'warning',
  danger: 'danger',
  destructive: 'danger',
  error: 'danger',
} as const

interface WithVariant {
  /** The same as `tone`, by the names that other design systems use. */
  readonly variant?: keyof typeof TONES | undefined
}

type Toned = { readonly tone?: (typeof TONES)[keyof typeof TONES] | undefined }

const toTone = <P extends Toned>({ variant, ...props }: P & WithVariant): P =>
  // Without the variant, what is left is the component's own props.
  ({ ...props, ...(variant && !props.tone ? { tone: TONES[variant] } : {}) }) as unknown as P

const ContractBadge = createComponent('Badge', components.Badge)
/** A short status. */
export const Badge = shape(ContractBadge, 'Badge', toTone<PropsOf<typeof ContractBadge>>)

const ContractBanner = createComponent('Banner', components.Banner)
/** Something that holds for everything below it. With onDismiss it can be put away. */
export const Banner = shape(ContractBanner, 'Banner', toTone<PropsOf<typeof ContractBanner>>)

const ContractTypography = createComponent('Typography', components.Typography)
type TypographyProps = PropsOf<typeof ContractTypography>
type Variant = NonNullable<TypographyProps['variant']>
const typeset = (variant?: Variant): FunctionComponent<TypographyProps> =>
  shape(ContractTypography, 'Typography', (props: TypographyProps) => (variant ? { variant, ...props } : props))

/** Text in one of the roles of the type scale: `<Typography.Body>`, `<Typography.Caption>` or `<Typography variant="title">`. */
export const Typography: FunctionComponent<TypographyProps> &
  Readonly<Record<Capitalize<Variant>, FunctionComponent<TypographyProps>>> = /* @__PURE__ */ Object.assign(typeset(), {
  Display: typeset('display'),
  Title: typeset('title'),
  Subtitle: typeset('subtitle'),
  Body: typeset('body'),
  Caption: typeset('caption'),
  Overline: typeset('overline'),
})
