import type { ToastVariant } from '../protocol/messages'
import { getClientRuntime } from './client-runtime'

export interface ToastOptions {
  readonly title: string
  readonly description?: string
  /** Default `info`. */
  readonly variant?: ToastVariant
}

/** Shows a short message of the product's own kind. */
export const showToast = async ({ variant = 'info', ...toast }: ToastOptions): Promise<void> => {
  await getClientRuntime('showToast').request('show-toast', { ...toast, variant })
}
