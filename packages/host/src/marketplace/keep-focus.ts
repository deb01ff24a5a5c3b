/** Looks after the focus inside of one part of the page, until it is told to stop. */
export interface KeptFocus {
  /** Another screen is shown: the focus goes to its title as soon as that is there. */
  readonly toScreen: () => void
  readonly stop: () => void
}

const HEADINGS = 'h1, h2, h3, h4, h5, h6, [role="heading"]'
const TITLES = 'h1, [role="heading"][aria-level="1"]'
/** What stands in the place of what is still loading. */
const LOADING = '[data-souk-loading]'

/**
 * A browser gives the focus to nobody when the element that has it is taken away: who uses a keyboard starts over at the top of the page,
 * and a screen reader falls silent. Inside of the root the focus goes on instead: to the heading of what came, else to the one above what
 * went. It waits for what loads, and never takes the focus from where the user put it.
 */
export const keepFocus = (root: HTMLElement): KeptFocus => {
  const { body } = root.ownerDocument
  const { MutationObserver } = root.ownerDocument.defaultView ?? globalThis
  /** The element that had the focus, and what it stood in, the innermost first. */
  let last: { readonly element: Element; readonly within: readonly Element[] } | undefined
  /** The part of the page whose heading is waited for. */
  let awaited: { readonly part: Element; readonly selector: string } | undefined

  const active = () => root.ownerDocument.activeElement
  const isNowhere = () => active() === null || active() === body

  const onFocusIn = ({ target }: FocusEvent) => {
    awaited = undefined
    if (target instanceof Element && target !== root) last = { element: target, within: ancestorsIn(root, target) }
  }
  const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
    // To nobody: because the user pressed beside everything, which is where the focus then stays, or because the element goes.
    if (relatedTarget !== null) return
    queueMicrotask(() => {
      if (last?.element === target && active() !== target && isUsable(last.element)) last = undefined
    })
  }

  const onChange = (records: readonly MutationRecord[]) => {
    if (last && isNowhere()) {
      const { element, within } = last
      if (!element.isConnected) {
        last = undefined
        awaited = { part: within.find((part) => part.isConnected) ?? root, selector: HEADINGS }
      } else if (records.some(({ target, type }) => type === 'attributes' && target === element) && isUsable(element)) {
        // It was disabled while something ran.
        focus(element)
      }
    }
    settle(records)
  }
  const settle = (records: readonly MutationRecord[] = []) => {
    if (!awaited) return
    // What the user does elsewhere in the page is not interrupted.
    if (!isNowhere() && !root.contains(active())) {
      awaited = undefined
      return
    }
    const { part, selector } = awaited
    const next = arrived(records, part, selector) ?? standing(root, part, selector)
    if (!next) return
    awaited = undefined
    focus(next)
  }

  const observer = new MutationObserver(onChange)
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  // Dialogs stand beside the root: one that closes may find that its button is gone.
  observer.observe(body, { childList: true })
  root.addEventListener('focusin', onFocusIn)
  root.addEventListener('focusout', onFocusOut)
  return {
    toScreen: () => {
      awaited = { part: root, selector: TITLES }
      settle()
    },
    stop: () => {
      observer.disconnect()
      root.removeEventListener('focusin', onFocusIn)
      root.removeEventListener('focusout', onFocusOut)
    },
  }
}

const isUsable = (element: Element): boolean => element.isConnected && !element.matches(':disabled')

const ancestorsIn = (root: Element, element: Element): readonly Element[] => {
  const ancestors: Element[] = []
  for (let part = element.parentElement; part && part !== root; part = part.parentElement) ancestors.push(part)
  return ancestors
}

/** The first heading among what just came. */
const arrived = (records: readonly MutationRecord[], part: Element, selector: string): Element | undefined => {
  const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]))
  return [...part.querySelectorAll(selector)].find((heading) => {
    for (let node: Node | null = heading; node && node !== part; node = node.parentNode)
      if (added.has(node)) return true
    return false
  })
}

/** The first heading of the part, or of the nearest around it that has one; the root where nothing has and nothing will. */
const standing = (root: Element, part: Element, selector: string): Element | undefined => {
  for (let around: Element | null = part; around && root.contains(around); around = around.parentElement) {
    const heading = around.querySelector(selector)
    if (heading) return heading
    if (around.querySelector(LOADING)) return undefined
  }
  return root
}

const focus = (element: Element) => {
  if (!(element instanceof HTMLElement)) return
  // A heading or a root can have the focus, but is no stop of the Tab key.
  if (element.matches(HEADINGS) || element.tabIndex < 0) element.tabIndex = -1
  element.focus()
}
