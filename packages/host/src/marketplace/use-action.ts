import { useState } from 'react'

/** Runs one thing the user started: whether it is under way, and what went wrong with the last one. */
export const useAction = () => {
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (action: () => Promise<void>) => {
    setRunning(true)
    setError(undefined)
    try {
      await action()
    } catch (problem) {
      setError(problem)
    } finally {
      setRunning(false)
    }
  }
  return { isRunning, error, run }
}
