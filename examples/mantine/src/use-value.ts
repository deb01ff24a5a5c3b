import { useState } from 'react'

/** A value that its owner gives, or that the component keeps. */
export const useValue = <T>(given: T | undefined, initial: T) => {
  const [own, setOwn] = useState(initial)
  return [given ?? own, setOwn] as const
}
