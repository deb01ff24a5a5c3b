import { useCallback, useEffect, useState } from 'react'
import { useSouk } from '../souk-context'

export type Load<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: unknown; readonly retry: () => void }
  | { readonly status: 'ready'; readonly data: T }

/**
 * Loads, and loads again after each change of installations or settings. What is shown stays until the new answer is there.
 *
 * @param load Must keep its identity while it loads the same thing: wrap it in `useCallback`.
 */
export const useLoad = <T>(load: () => Promise<T>): Load<T> => {
  const { client } = useSouk()
  const [state, setState] = useState<{ readonly load: typeof load; readonly result: Load<T> }>()
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => {
    setState(undefined)
    setAttempt((count) => count + 1)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    // Only the newest answer counts.
    let latest = 0
    const run = async () => {
      latest += 1
      const mine = latest
      const result: Load<T> = await load().then(
        (data) => ({ status: 'ready', data }),
        (error: unknown) => ({ status: 'failed', error, retry }),
      )
      if (mine === latest) setState({ load, result })
    }
    void run()
    const unsubscribe = client.subscribe(() => void run())
    return () => {
      latest = -1
      unsubscribe()
    }
  }, [load, client, retry, attempt])

  return state?.load === load ? state.result : { status: 'loading' }
}
