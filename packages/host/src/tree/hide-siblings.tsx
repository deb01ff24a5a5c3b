import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { markHidden } from './hidden-mark'

// An element that browsers never show, and that may stand anywhere: in a table, in a list.
const End = 'template'

const isStyled = (node: Node): node is HTMLElement | SVGElement => 'style' in node

/** Hides what React has put between it and its end, as react-dom hides what suspends: the elements stay, with all their state. */
const Start = (): ReactNode => {
  const start = useRef<HTMLTemplateElement>(null)
  // With each drawing, because the elements may be others by then.
  useLayoutEffect(() => {
    const shown = new Map<Node, () => void>()
    const hide = () => {
      for (let at = start.current?.nextSibling; at && at.nodeName !== 'TEMPLATE'; at = at.nextSibling) {
        if (!isStyled(at) || shown.has(at)) continue
        const { style } = at
        const { display } = style
        style.setProperty('display', 'none', 'important')
        markHidden(at, true)
        shown.set(at, () => {
          style.removeProperty('display')
          style.display = display
          markHidden(at, false)
        })
      }
    }
    hide()
    // What is hidden may put another element in the place of its own, which React tells nobody here.
    const observer = new MutationObserver(hide)
    if (start.current?.parentNode) observer.observe(start.current.parentNode, { childList: true })
    return () => {
      observer.disconnect()
      for (const show of shown.values()) show()
    }
  })
  return <template ref={start} />
}

/**
 * A node that stays in the page but is not seen. Its key is the one it has when it is seen, so React keeps what is there.
 *
 * @param key Of the node.
 */
export const drawHidden = (node: ReactNode, key: string): readonly ReactNode[] => [
  <Start key={`${key} start`} />,
  node,
  <End key={`${key} end`} />,
]
