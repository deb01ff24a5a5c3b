import { Button, Input, SearchField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { Glyph } from './icon'
import { CloseIcon } from './icons'

export const SearchInput = ({
  value,
  placeholder,
  maxLength,
  onChange,
  onBlur,
  onFocus,
  onSubmit,
  methodsRef,
  ...field
}: PropsOf<'SearchInput'>) => (
  <SearchField
    className="souk-field"
    {...fieldProps(field)}
    {...(value === undefined ? {} : { value })}
    {...(maxLength === undefined ? {} : { maxLength })}
    onChange={(next) => onChange?.(next)}
    onSubmit={(next) => onSubmit?.(next)}
    onBlur={() => onBlur?.()}
    onFocus={() => onFocus?.()}
  >
    {({ isEmpty }) => (
      <>
        <FieldLabel label={field.label} required={field.required} />
        <div className="souk-input-with">
          <span className="souk-input-before">
            <Glyph name="search" />
          </span>
          <Input ref={methodsRef} className="souk-input" {...(placeholder === undefined ? {} : { placeholder })} />
          <Button className="souk-icon-button souk-input-after" data-hidden={isEmpty || undefined}>
            <CloseIcon />
          </Button>
        </div>
        <FieldHelp description={field.description} error={field.error} />
      </>
    )}
  </SearchField>
)
