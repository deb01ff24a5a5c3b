import { useCallback } from 'react'
import { useSouk } from '../souk-context'
import { useExtensionHost } from '../surfaces/host-context'

/** Says that something worked: through the product's own toasts, else where those of extensions appear. */
export const useToast = () => {
  const { services } = useSouk()
  const { overlays } = useExtensionHost()
  return useCallback(
    (title: string, description?: string) => {
      const toast = { title, ...(description === undefined ? {} : { description }), variant: 'success' as const }
      if (services.showToast) services.showToast(toast)
      else overlays.addToast(toast)
    },
    [services, overlays],
  )
}
