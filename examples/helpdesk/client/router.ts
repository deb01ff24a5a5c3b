import { type MouseEvent, useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

/** Goes to a path of the product without loading the page again. */
export const navigate = (path: string, { replace = false } = {}): void => {
  if (path !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState'](null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname)

/** Props of an anchor that leads to a page of the product; a middle click still opens a tab. */
export const linkTo = (path: string) => ({
  href: path,
  onClick: (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(path)
  },
})
