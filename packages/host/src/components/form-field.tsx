import { useId } from 'react'
import type { PropsOf } from './component-props'

export const FormField = ({
  label,
  description,
  error,
  required = false,
  children,
  methodsRef,
}: PropsOf<'FormField'>) => {
  const id = useId()
  const help = [description ? `${id}-description` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex container everywhere, and this holds one control.
    <div
      ref={methodsRef}
      className="souk-field"
      role="group"
      aria-labelledby={`${id}-label`}
      {...(help ? { 'aria-describedby': help } : {})}
      data-invalid={error ? true : undefined}
    >
      <span className="souk-label" id={`${id}-label`}>
        {label}
        {required ? (
          <span className="souk-required" aria-hidden="true">
            *
          </span>
        ) : null}
      </span>
      {children}
      {description ? (
        <span className="souk-field-description" id={`${id}-description`}>
          {description}
        </span>
      ) : null}
      {error ? (
        <span className="souk-field-error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
    </div>
  )
}
