import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { Toast } from '../registry/chrome'
import { useSouk } from '../souk-context'

const SHOWN_MS = 6_000

/** Says that something worked: through the product's own toasts, else through the registry's. */
export const useToasts = () => {
  const { services, registry } = useSouk()
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())
  const count = useRef(0)

  useEffect(() => {
    const running = timers.current
    return () => {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    }
  }, [])

  const dismiss = useCallback((id: string) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const toast = useCallback(
    (title: string, description?: string) => {
      const words = { title, ...(description === undefined ? {} : { description }), variant: 'success' as const }
      if (services.showToast) return services.showToast(words)
      count.current += 1
      const id = `marketplace-${count.current}`
      setToasts((all) => [...all, { id, ...words }])
      const timer = setTimeout(() => {
        timers.current.delete(timer)
        dismiss(id)
      }, SHOWN_MS)
      timers.current.add(timer)
    },
    [services, dismiss],
  )
  const { Toasts } = registry.chrome
  const drawn: ReactNode = services.showToast ? null : <Toasts toasts={toasts} onDismiss={dismiss} />
  return { toast, drawn }
}
