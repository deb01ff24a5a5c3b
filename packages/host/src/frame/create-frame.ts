import type { ActiveExtension } from '@souk/extension-sdk/protocol'

const SANDBOX = {
  // On an origin that belongs to the installation alone; never on the page's own.
  origin: 'allow-scripts allow-same-origin',
  opaque: 'allow-scripts',
} as const satisfies Record<ActiveExtension['isolation'], string>

export interface FrameOptions {
  readonly src: string
  readonly isolation: ActiveExtension['isolation']
  readonly title: string
}

/** Makes the element that cages an extension. It draws nothing: what the user sees is drawn by the page. */
export const createFrame = (document: Document, { src, isolation, title }: FrameOptions): HTMLIFrameElement => {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', SANDBOX[isolation])
  frame.setAttribute('referrerpolicy', 'no-referrer')
  // No powerful feature is delegated.
  frame.setAttribute('allow', '')
  frame.setAttribute('aria-hidden', 'true')
  frame.setAttribute('tabindex', '-1')
  frame.title = title
  // Not display: none, for which browsers put a frame's timers to sleep.
  frame.style.cssText = 'position:fixed;left:0;bottom:0;width:0;height:0;border:0;visibility:hidden;pointer-events:none'
  // Before it is in the document, so that there is no blank page first whose load event would count.
  frame.src = src
  return frame
}
