import { useEffect } from 'react'

/** Names a page in the tab of the browser and to a screen reader. */
export const setDocumentTitle = (title: string): void => {
  document.title = `${title} · Fernhill Desk`
}

export const useDocumentTitle = (title: string): void => useEffect(() => setDocumentTitle(title), [title])
