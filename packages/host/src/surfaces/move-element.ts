/**
 * Moves an element with all it holds to the end of another one, keeping its state as far as the browser can.
 *
 * @returns Brings back what was lost on the way: scroll positions, and the focus unless something else has it by then.
 */
export const moveElement = (element: HTMLElement, parent: Element): (() => void) => {
  const { activeElement } = document
  const focused = activeElement instanceof HTMLElement && element.contains(activeElement) ? activeElement : undefined
  const scrolled = [...element.querySelectorAll('*')]
    .map((inside) => [inside, inside.scrollTop, inside.scrollLeft] as const)
    .filter(([, top, left]) => top !== 0 || left !== 0)
  // Not in every browser yet, and only within a document; from outside it is put there.
  if ('moveBefore' in parent && element.isConnected && parent.isConnected) parent.moveBefore(element, null)
  else parent.append(element)
  return () => {
    for (const [inside, top, left] of scrolled) inside.scrollTo({ top, left, behavior: 'instant' })
    if (focused && document.activeElement === document.body) focused.focus({ preventScroll: true })
  }
}
