import { useEffect, useRef, useState } from 'react'
import { encodeValue } from '../protocol/function-call'
import { isRefusal } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { withOptions } from './create-server-function'

export interface StreamState<T> {
  /** What has come until now. */
  readonly parts: readonly T[]
  /** Whether nothing comes any more: the stream is whole, or failed. */
  readonly isDone: boolean
  /** What the function threw. The parts before it stay. */
  readonly error: unknown
}

const NOTHING = { parts: [], isDone: false, error: undefined } as const

/**
 * Calls a server function that streams its result, and shows what has come of it. Other arguments start it anew; leaving the screen ends it.
 *
 * @param fn Imported from a `*.server.ts` module: `async function* summarize(id) { … yield part }`.
 */
export const useStream = <A extends readonly unknown[], T>(
  fn: (...args: A) => AsyncIterable<T>,
  ...args: NoInfer<A>
): StreamState<T> => {
  const [state, setState] = useState<StreamState<T>>(NOTHING)
  const encoded = encodeValue(args, 'The arguments of useStream')
  if (isRefusal(encoded)) throw new SdkError('VALUE_NOT_SENDABLE', encoded.refused)
  const given = useRef(args)
  given.current = args

  // biome-ignore lint/correctness/useExhaustiveDependencies: the arguments are new at each render, their text is not.
  useEffect(() => {
    const giveUp = new AbortController()
    const { signal } = giveUp
    const set = (change: (state: StreamState<T>) => StreamState<T>) => {
      if (!signal.aborted) setState(change)
    }
    const run = async () => {
      setState(NOTHING)
      try {
        for await (const part of withOptions(fn, { signal })(...given.current))
          set(({ parts, ...rest }) => ({ ...rest, parts: [...parts, part] }))
        set((before) => ({ ...before, isDone: true }))
      } catch (error) {
        set((before) => ({ ...before, isDone: true, error }))
      }
    }
    void run()
    return () => giveUp.abort()
  }, [fn, encoded.text])

  return state
}
