import { createElement, type FunctionComponent, type ReactElement } from 'react'
import { runStep } from '../app/run-step'
import type { QuickAction, QuickActionContext, QuickActionFormProps } from '../app/workflow'
import type { FieldBuilders } from '../fields/field-builder'
import type { ClientRuntime } from './client-runtime'
import { Form, FormFields, type FormProps, FormSubmit } from './forms'

interface ActionDialogProps extends QuickActionFormProps {
  readonly action: QuickAction
}

const ActionDialog = ({ action, submit, ...props }: ActionDialogProps): ReactElement => {
  const { label, description, schema, form } = action
  if (form) return createElement(form, { ...props, submit })
  return createElement(
    // Of its three forms, the one with a schema.
    Form as FunctionComponent<FormProps<FieldBuilders>>,
    { schema: schema.inputs, defaultValues: props.defaultValues, onSubmit: submit },
    description === undefined ? null : createElement('Text', null, description),
    createElement(FormFields),
    createElement(FormSubmit, { label }),
  )
}

/**
 * Runs a quick action: its form in a dialog of the product, prefilled; the question, where it asks one; and what it does,
 * once. What is refused stands at its field, and the user can try again.
 *
 * @returns When the dialog is gone.
 */
export const runQuickAction = async (
  action: QuickAction,
  context: QuickActionContext,
  { openDialog, request }: Pick<ClientRuntime, 'openDialog' | 'request'>,
): Promise<void> => {
  const { label, getDefaults, config = {} } = action
  const defaultValues = { ...(await getDefaults?.(context)) }
  let running: Promise<void> | undefined

  const perform = async (values: object, close: () => Promise<void>) => {
    if (config.requiresConfirmation) {
      const description = config.confirmationMessage
      const question = { title: label, confirmLabel: label.slice(0, 60), ...(description ? { description } : {}) }
      if (!(await request('confirm', question))) return
    }
    await runStep(action, values, {})
    await request('show-toast', { title: `${label}: done`.slice(0, 200), variant: 'success' })
    await close()
  }

  const { closed } = await openDialog({
    title: label,
    size: 'medium',
    // biome-ignore lint/correctness/noComponentHookFactories: one dialog, opened once, with what this call knows.
    Dialog: ({ close }) =>
      createElement(ActionDialog, {
        action,
        context,
        defaultValues,
        close,
        // A second press while the first is under way is the same one.
        submit(values) {
          running ??= perform(values, close).finally(() => {
            running = undefined
          })
          return running
        },
      }),
  })
  await closed
}
