import { Button } from './button'
import type { PropsOf } from './component-props'
import { useMessages } from './use-messages'

export const FormSubmit = ({
  label,
  loadingText,
  loading = false,
  disabled = false,
  variant = 'primary',
  children,
  methodsRef,
}: PropsOf<'FormSubmit'>) => {
  const messages = useMessages()
  return (
    <div className="souk-form-submit">
      <Button
        type="submit"
        variant={variant}
        disabled={disabled}
        loading={loading}
        {...(methodsRef ? { methodsRef } : {})}
      >
        {loading && loadingText ? loadingText : (children ?? label ?? messages.save)}
      </Button>
    </div>
  )
}
