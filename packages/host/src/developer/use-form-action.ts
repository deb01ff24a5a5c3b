import { useState } from 'react'
import { HostError } from '../host-error'
import { useAction } from '../marketplace/use-action'

/** Sends a form: what the server says of a field goes to the field, anything else beside the button. */
export const useFormAction = () => {
  const { isRunning, error, run } = useAction()
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const submit = (action: () => Promise<void>) => {
    if (isRunning) return
    setFields({})
    void run(async () => {
      try {
        await action()
      } catch (problem) {
        if (!(problem instanceof HostError && problem.fields)) throw problem
        setFields(problem.fields)
      }
    })
  }
  const forget = (field: string) => setFields(({ [field]: _, ...rest }) => rest)
  return { isRunning, error, fields, submit, forget }
}
