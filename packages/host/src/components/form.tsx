import type { PropsOf } from './component-props'

export const Form = ({ label, onSubmit, children, methodsRef }: PropsOf<'Form'>) => (
  // noValidate: what is wrong is said by the fields themselves, in the product's words and look.
  <form
    ref={methodsRef}
    className="souk-form"
    aria-label={label}
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      event.stopPropagation()
      onSubmit?.()
    }}
  >
    {children}
  </form>
)
