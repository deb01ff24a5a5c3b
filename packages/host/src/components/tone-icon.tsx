import { CheckIcon, InfoIcon, WarningIcon } from './icons'

const ICONS = { neutral: InfoIcon, info: InfoIcon, success: CheckIcon, warning: WarningIcon, danger: WarningIcon }

export type Tone = keyof typeof ICONS

/** A tone is never told by colour alone. */
export const ToneIcon = ({ tone }: { readonly tone: Tone }) => {
  const Icon = ICONS[tone]
  return (
    <span className="souk-tone-icon">
      <Icon />
    </span>
  )
}
