import { useState } from 'react'

/** A value that its owner gives, or that the component keeps when nobody does: it is controlled at all times. */
export const useOwnValue = <T>(given: T | undefined, initial: T): readonly [T, (next: T) => void] => {
  const [own, setOwn] = useState(initial)
  return [given ?? own, setOwn]
}
