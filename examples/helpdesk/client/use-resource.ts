import { useCallback, useEffect, useState } from 'react'

export type Resource<T> = {
  readonly data: T | undefined
  readonly error: Error | undefined
  readonly reload: () => void
  /** Puts an answer in place that came with a change. */
  readonly setData: (data: T) => void
}

/** Loads what `load` returns, again whenever `load` changes or `reload` is called. A late answer of an earlier load is dropped. */
export const useResource = <T>(load: () => Promise<T>): Resource<T> => {
  const [state, setState] = useState<{ data?: T; error?: Error }>({})
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    void attempt
    let current = true
    load().then(
      (data) => current && setState({ data }),
      (error: unknown) => current && setState({ error: error instanceof Error ? error : new Error(String(error)) }),
    )
    return () => {
      current = false
    }
  }, [load, attempt])

  const reload = useCallback(() => setAttempt((count) => count + 1), [])
  const setData = useCallback((data: T) => setState({ data }), [])
  return { data: state.data, error: state.error, reload, setData }
}
