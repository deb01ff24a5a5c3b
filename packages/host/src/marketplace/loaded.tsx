import type { ReactNode } from 'react'
import { useSouk } from '../souk-context'
import { LoadFailure } from './failure'
import type { Load } from './use-load'
import { useMessages } from './use-messages'

interface LoadedProps<T> {
  readonly load: Load<T>
  /** Shown until the answer is there, instead of a few grey lines. */
  readonly skeleton?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** What is loading, what failed, or what arrived. */
export const Loaded = <T,>({ load, skeleton, children }: LoadedProps<T>) => {
  const messages = useMessages()
  const { Skeleton } = useSouk().registry.components
  if (load.status === 'loading')
    return (
      <div role="status" aria-label={messages.loading} data-souk-loading>
        {skeleton ?? <Skeleton lines={6} />}
      </div>
    )
  return load.status === 'failed' ? <LoadFailure {...load} /> : children(load.data)
}
