/**
 * How a component that draws outside its place (a dialog, a menu) learns that its place is hidden: what is hidden carries the
 * attribute, and every anchor in it hears the event when that changes. `display: none` alone reaches no portal.
 */
const HIDDEN = 'data-souk-hidden'
const CHANGE = 'souk-hidden-change'

/** Stands in the place of what is drawn elsewhere. */
export const ANCHOR = 'data-souk-anchor'

export const markHidden = (element: Element, isHidden: boolean) => {
  element.toggleAttribute(HIDDEN, isHidden)
  for (const anchor of [element, ...element.querySelectorAll(`[${ANCHOR}]`)]) anchor.dispatchEvent(new Event(CHANGE))
}

/** @returns What ends it. */
export const watchHidden = (anchor: Element, onChange: (isHidden: boolean) => void): (() => void) => {
  const tell = () => onChange(anchor.closest(`[${HIDDEN}]`) !== null)
  tell()
  anchor.addEventListener(CHANGE, tell)
  return () => anchor.removeEventListener(CHANGE, tell)
}
