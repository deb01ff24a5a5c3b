import type { PlainRecord } from '@souk/extension-sdk/protocol'
import { createId } from '../create-id'
import { createValue, type Value } from '../create-value'
import type { PlacedSurface } from './extension-host'
import { moveElement } from './move-element'

/** How the product shows a widget. */
export interface WidgetOptions {
  /** Without the title and the frame of a widget, as on the canvas of a workflow. */
  readonly isBare?: boolean
  readonly onValuesChange?: ((values: unknown) => void) | undefined
}

/** One widget on the page. It is drawn into an element of its own, which can change its place without being drawn anew. */
export interface OpenWidget {
  readonly key: string
  readonly place: PlacedSurface
  readonly context: Value<PlainRecord>
  readonly options: Value<WidgetOptions>
  readonly container: HTMLElement
}

/** All widgets on the page, and for a moment those that have just left their place and may turn up in another one. */
export interface Widgets extends Pick<Value<readonly OpenWidget[]>, 'get' | 'subscribe'> {
  /**
   * Shows a widget in an element of the page: the one that has just left another place, if its surface and context are the same.
   *
   * @returns `detach` is to be called before the element leaves the document.
   */
  attach(slot: Element, place: PlacedSurface, context: PlainRecord): { readonly widget: OpenWidget; detach(): void }
  dispose(): void
}

/** How long a widget without a place stays as it is. A product that moves one takes it away and shows it again at once. */
const GRACE_MS = 500

const NO_WIDGETS: readonly OpenWidget[] = []

/** @param isInstalled Whether the extension may still run as it is. */
export const createWidgets = (isInstalled: (place: PlacedSurface) => boolean): Widgets => {
  const open = createValue(NO_WIDGETS)
  /** The widgets without a place, with what ends their time. */
  const waiting = new Map<OpenWidget, { readonly timer: ReturnType<typeof setTimeout>; restore(): void }>()

  const close = (widget: OpenWidget) => {
    clearTimeout(waiting.get(widget)?.timer)
    waiting.delete(widget)
    const parking = widget.container.parentElement
    widget.container.remove()
    if (parking?.hasAttribute('data-souk-parking')) parking.remove()
    open.set(open.get().filter((other) => other !== widget))
  }

  const create = (place: PlacedSurface, context: PlainRecord): OpenWidget => {
    const container = document.createElement('div')
    // It has no box of its own, so the layout is the product's.
    container.style.display = 'contents'
    const options = createValue<WidgetOptions>({})
    const widget = { key: createId(), place, context: createValue(context), options, container }
    open.set([...open.get(), widget])
    return widget
  }

  const findWaiting = ({ extension, surface }: PlacedSurface, context: PlainRecord) =>
    [...waiting.keys()].find(
      ({ place, context: shown }) =>
        place.extension === extension &&
        place.surface === surface &&
        JSON.stringify(shown.get()) === JSON.stringify(context),
    )

  /** Keeps it in the document, where a move loses neither focus nor scroll position. */
  const park = ({ container }: OpenWidget) => {
    const parking = document.createElement('div')
    parking.hidden = true
    parking.setAttribute('data-souk-parking', '')
    document.body.append(parking)
    return moveElement(container, parking)
  }

  return {
    get: open.get,
    subscribe: open.subscribe,
    attach(slot, place, context) {
      const found = findWaiting(place, context)
      const widget = found ?? create(place, context)
      const parked = waiting.get(widget)
      const parking = widget.container.parentElement
      const restore = moveElement(widget.container, slot)
      if (parked) {
        clearTimeout(parked.timer)
        waiting.delete(widget)
        parking?.remove()
        parked.restore()
        restore()
      }
      return {
        widget,
        detach() {
          if (!isInstalled(place)) return close(widget)
          waiting.set(widget, { restore: park(widget), timer: setTimeout(() => close(widget), GRACE_MS) })
        },
      }
    },
    dispose() {
      for (const widget of open.get()) close(widget)
    },
  }
}
