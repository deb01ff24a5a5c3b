import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { ANCHOR, watchHidden } from './hidden-mark'

/**
 * For a component of a registry that draws outside its place in the page, such as a dialog: whether its place is shown. An extension
 * hides what waits for data (Suspense), and what stands elsewhere in the document must go with it.
 *
 * @returns `anchor`, to be drawn where the component stands and never seen; and `isShown`.
 */
export const useShown = (): { readonly anchor: ReactNode; readonly isShown: boolean } => {
  const ref = useRef<HTMLSpanElement>(null)
  const [isShown, setShown] = useState(true)
  useLayoutEffect(() => (ref.current ? watchHidden(ref.current, (isHidden) => setShown(!isHidden)) : undefined), [])
  return { anchor: <span ref={ref} hidden {...{ [ANCHOR]: '' }} />, isShown }
}
