import { createElement } from 'react'
import { getClientRuntime } from './client-runtime'
import { showDialog } from './dialogs'

export interface AlertOptions {
  readonly title: string
  readonly description?: string
  /** What the button says. Default `OK`. */
  readonly confirmLabel?: string
}

/** Tells the user something, and waits until they have put it away. */
export const alert = async ({ title, description, confirmLabel = 'OK' }: AlertOptions): Promise<void> => {
  getClientRuntime('alert')
  const { closed } = await showDialog({
    title,
    size: 'small',
    // biome-ignore lint/correctness/noComponentHookFactories: one dialog, opened once, with what this call knows.
    Dialog: ({ close }) =>
      createElement(
        'Stack',
        null,
        description === undefined ? null : createElement('Text', null, description),
        createElement('Button', { label: confirmLabel, variant: 'primary', onPress: close } as object),
      ),
  })
  await closed
}
