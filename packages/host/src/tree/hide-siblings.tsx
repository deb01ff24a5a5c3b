import { type ReactNode, useLayoutEffect, useRef } from 'react'

// An element that browsers never show, and that may stand anywhere: in a table, in a list.
const End = 'template'

const isStyled = (node: Node): node is HTMLElement | SVGElement => 'style' in node

/** Hides what React has put between it and its end, as react-dom hides what suspends: the elements stay, with all their state. */
const Start = (): ReactNode => {
  const start = useRef<HTMLTemplateElement>(null)
  // With each drawing, because the elements may be others by then.
  useLayoutEffect(() => {
    const shown: (() => void)[] = []
    for (let at = start.current?.nextSibling; at && at.nodeName !== 'TEMPLATE'; at = at.nextSibling) {
      if (!isStyled(at)) continue
      const { style } = at
      const { display } = style
      style.setProperty('display', 'none', 'important')
      shown.push(() => {
        style.removeProperty('display')
        style.display = display
      })
    }
    return () => {
      for (const show of shown) show()
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
