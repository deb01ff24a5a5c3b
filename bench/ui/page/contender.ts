import type { ActiveExtension } from '@souk/extension-sdk/protocol'

/** What the server tells a page about where its frame is. */
export interface PageConfig {
  /** The frame of `naive`, `remote-dom` or `remote-dom-worker`. */
  readonly frameUrl: string
  readonly extension: ActiveExtension
  /** That one and more installations of the same app. */
  readonly extensions: readonly ActiveExtension[]
}

/** One way to show the app in a page. */
export interface Contender {
  draw(container: HTMLElement): void
  erase(): void
  /** Whether a message of the frame carries the tree or a part of it. */
  readonly isTree: (data: unknown) => boolean
}

export const readConfig = (): PageConfig =>
  // Our own server wrote it.
  JSON.parse(document.querySelector('#config')?.textContent ?? 'null') as PageConfig
