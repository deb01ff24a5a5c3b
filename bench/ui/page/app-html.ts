/** The app's outermost element. A host may put a wrapper of its own around it, which is no part of what is compared. */
export const appRoot = (container: HTMLElement): HTMLElement | null =>
  container.querySelector('table')?.parentElement ?? null

/** All that is drawn of the app, or nothing when there is more beside it. */
export const appHtml = (container: HTMLElement): string => {
  const root = appRoot(container)
  return root?.parentNode?.childNodes.length === 1 ? root.outerHTML : ''
}
