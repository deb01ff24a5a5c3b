import { type AppCallLog, followFunctionCalls } from '@souk/extension-sdk/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useSouk } from '../souk-context'

const PAUSE_MS = 3000
/** How many are kept; older ones are read with the command line. */
const KEPT = 500

interface Followed {
  /** The newest first; null until the first answer. */
  readonly calls: readonly AppCallLog[] | null
  readonly error: unknown
}

/** Puts what came before what was there. Calls of the last seconds come again, and stand once. */
export const mergeCalls = (shown: readonly AppCallLog[], arrived: readonly AppCallLog[]): readonly AppCallLog[] => {
  const known = new Set(shown.map(({ id }) => id))
  const fresh = arrived.filter(({ id }) => !known.has(id)).reverse()
  return fresh.length === 0 ? shown : [...fresh, ...shown].slice(0, KEPT)
}

/** The calls of an app's server functions, and while it follows, those that come. It reads on after a failure. */
export const useFollowedCalls = (slug: string, outcome: 'ok' | 'error' | undefined, isFollowing: boolean) => {
  const { client } = useSouk()
  const [state, setState] = useState<Followed>({ calls: null, error: undefined })
  const [attempt, setAttempt] = useState(0)
  const cursor = useRef<string | undefined>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts anew.
  useEffect(() => {
    cursor.current = undefined
    setState({ calls: null, error: undefined })
  }, [client, slug, outcome])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads at once.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const abort = new AbortController()
    const read = async () => {
      try {
        const query = { cursor: cursor.current, outcome }
        const answer = await client.request(followFunctionCalls, { params: { slug }, query, signal: abort.signal })
        if (abort.signal.aborted) return
        cursor.current = answer.cursor
        setState(({ calls }) => ({ calls: mergeCalls(calls ?? [], answer.items), error: undefined }))
      } catch (error) {
        if (abort.signal.aborted) return
        setState(({ calls }) => ({ calls, error }))
      }
      if (isFollowing) timer = setTimeout(() => void read(), PAUSE_MS)
    }
    if (isFollowing || cursor.current === undefined) void read()
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [client, slug, outcome, isFollowing, attempt])

  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { ...state, retry }
}
