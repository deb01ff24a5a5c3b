import { CheckboxButton, CheckboxField } from 'react-aria-components'
import { Glyph } from './icon'
import { CheckIcon } from './icons'

interface CellCheckboxProps {
  readonly label: string
  readonly isSelected: boolean
  readonly isIndeterminate?: boolean
  readonly onChange: (isSelected: boolean) => void
}

/** A checkbox whose label is read out only. */
export const Checkbox = ({ label, isSelected, isIndeterminate = false, onChange }: CellCheckboxProps) => (
  <CheckboxField aria-label={label} isSelected={isSelected} isIndeterminate={isIndeterminate} onChange={onChange}>
    <CheckboxButton className="souk-check">
      <span className="souk-checkbox">{isIndeterminate ? <Glyph name="minus" /> : <CheckIcon />}</span>
    </CheckboxButton>
  </CheckboxField>
)
