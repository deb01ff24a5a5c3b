import { useId } from 'react'
import { VarInput } from './bound-fields'
import type { PropsOf } from './component-props'
import { OuterLabelContext } from './panel-context'

export const VarField = ({
  name,
  label,
  description,
  error,
  placeholder,
  required = false,
  disabled,
  children,
  methodsRef,
}: PropsOf<'VarField'>) => {
  const id = useId()
  const title = label ?? name ?? ''
  return children ? (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset takes no layout of its own.
    <div ref={methodsRef} className="souk-field" role="group" aria-label={title} aria-describedby={id}>
      {/* The group has this name, and the input inside as well. */}
      <span className="souk-label" aria-hidden="true">
        {title}
        {required ? <span className="souk-required">*</span> : null}
      </span>
      <OuterLabelContext.Provider value={title}>{children}</OuterLabelContext.Provider>
      <div id={id} className="souk-field-help">
        {description ? <span className="souk-field-description">{description}</span> : null}
        {error ? <span className="souk-field-error">{error}</span> : null}
      </div>
    </div>
  ) : (
    <div ref={methodsRef}>
      <VarInput
        name={name ?? title}
        label={title}
        description={description}
        error={error}
        placeholder={placeholder}
        required={required}
        disabled={disabled}
      />
    </div>
  )
}

export const VarFieldGroup = ({ label, description, children, methodsRef }: PropsOf<'VarFieldGroup'>) => (
  <div ref={methodsRef} className="souk-field-group" {...(label ? { role: 'group', 'aria-label': label } : {})}>
    {label ? <div className="souk-field-group-title">{label}</div> : null}
    {description ? <div className="souk-field-group-description">{description}</div> : null}
    {children}
  </div>
)

export const FieldRow = ({ children, methodsRef }: PropsOf<'FieldRow'>) => (
  <div ref={methodsRef} className="souk-field-row">
    {children}
  </div>
)

export const FieldDivider = ({ label, methodsRef }: PropsOf<'FieldDivider'>) =>
  label ? (
    <div ref={methodsRef} className="souk-field-divider">
      <span>{label}</span>
    </div>
  ) : (
    <hr ref={methodsRef} className="souk-separator" />
  )

export const InputGroup = ({ prefix, suffix, children, methodsRef }: PropsOf<'InputGroup'>) => (
  <div ref={methodsRef} className="souk-affixes">
    {prefix ? <span className="souk-affix">{prefix}</span> : null}
    <div className="souk-affixed">{children}</div>
    {suffix ? <span className="souk-affix">{suffix}</span> : null}
  </div>
)
