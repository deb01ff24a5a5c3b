import { type ReactNode, useEffect, useRef } from 'react'
import { useSouk } from '../souk-context'
import { type KeptFocus, keepFocus } from './keep-focus'
import { ScreenTitleContext } from './screen-title'

export interface ScreenRootProps {
  /** Says which screen is shown; another text is another screen. */
  readonly screen: string
  readonly onTitleChange: ((title: string) => void) | undefined
  readonly children: ReactNode
}

/** The element around all screens of one kind: it has the theme, tells the title, and keeps the focus inside. */
export const ScreenRoot = ({ screen, onTitleChange, children }: ScreenRootProps) => {
  const { context } = useSouk()
  const root = useRef<HTMLDivElement>(null)
  const focus = useRef<KeptFocus>(undefined)
  const shown = useRef(screen)
  useEffect(() => {
    if (!root.current) return
    focus.current = keepFocus(root.current)
    return focus.current.stop
  }, [])
  useEffect(() => {
    // Where the focus is when the product opens the screens is the product's.
    if (shown.current === screen) return
    shown.current = screen
    focus.current?.toScreen()
  }, [screen])
  return (
    <div ref={root} className="souk-marketplace" data-souk-theme={context.theme}>
      <ScreenTitleContext.Provider value={onTitleChange}>{children}</ScreenTitleContext.Provider>
    </div>
  )
}
