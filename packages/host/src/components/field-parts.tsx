import { FieldError, Label, Text } from 'react-aria-components'

/** The label of a field, with the mark of a required one. */
export const FieldLabel = ({ label, required }: { readonly label: string; readonly required: boolean | undefined }) => (
  <Label className="souk-label">
    {label}
    {required ? (
      <span className="souk-required" aria-hidden="true">
        *
      </span>
    ) : null}
  </Label>
)

interface FieldHelpProps {
  readonly description: string | undefined
  readonly error: string | undefined
}

/** What is below a field: its description, and what is wrong with its value. */
export const FieldHelp = ({ description, error }: FieldHelpProps) => (
  <>
    {description ? (
      <Text slot="description" className="souk-field-description">
        {description}
      </Text>
    ) : null}
    <FieldError className="souk-field-error">{error}</FieldError>
  </>
)

interface FieldFlags {
  readonly name?: string | undefined
  readonly required?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly error?: string | undefined
}

/** The props every React Aria field takes alike. Validation is `aria`: an error never keeps a form from being sent again. */
export const fieldProps = ({ name, required = false, disabled = false, error }: FieldFlags) => ({
  ...(name === undefined ? {} : { name }),
  isRequired: required,
  isDisabled: disabled,
  isInvalid: error !== undefined && error !== '',
  validationBehavior: 'aria' as const,
})
