import type { NodeId } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

type Offered = Readonly<Record<string, unknown>> | null

export type MethodsRef = (methods: object | null) => void

/** What the components of one root can be told to do, and whether the extension may have it done now. */
export interface ComponentMethods {
  /** Told of the element that the root is drawn in, or `null` when it is not drawn. */
  readonly place: (element: Element | null) => void
  where(): Element | null
  /** The user did something inside the root. */
  readonly touch: () => void
  /** The ref for a component's `methodsRef`. Most components are never called, and get none. */
  refOf(id: NodeId): MethodsRef | undefined
  /** @throws {HostError} `FOCUS_REFUSED`, `METHOD_NOT_FOUND`, or `UNKNOWN_NODE` when the node goes meanwhile. */
  call(id: NodeId, method: string): Promise<void>
  forget(id: NodeId): void
  clear(): void
}

interface Entry {
  ref: MethodsRef
  offered: Offered
  readonly settle: () => void
  /** Resolves when the component has offered its methods, or will not. */
  readonly ready: Promise<void>
}

/** These draw the user's attention, so they need that the user is there. */
const NEEDS_USER: ReadonlySet<string> = new Set(['focus', 'select', 'scrollIntoView'])

/** How long after the user did something in the root it may still answer with the focus. */
const USER_MS = 1_000

/** How long a component may take to be drawn and to offer its methods. */
const OFFER_MS = 1_000

/** @param redraw Draws the node again, now with its ref. */
export const createComponentMethods = (redraw: (id: NodeId) => void): ComponentMethods => {
  const entries = new Map<NodeId, Entry>()
  let place: Element | null = null
  let touchedAt = Number.NEGATIVE_INFINITY

  const isUserHere = () =>
    performance.now() - touchedAt < USER_MS ||
    // The active element of a document that holds a shadow root is its host, so the nearest root is asked.
    place?.contains((place.getRootNode() as Document | ShadowRoot).activeElement) === true

  const createEntry = (id: NodeId): Entry => {
    let settle = () => {}
    const ready = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, OFFER_MS)
      settle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    const createRef = (): MethodsRef => {
      let drawn = 0
      return function ref(methods) {
        if (entry.ref !== ref) return
        drawn += methods ? 1 : -1
        // An element or a handle of the component; what it has is looked at only where it is called.
        entry.offered = methods as Offered
        if (methods) settle()
        else if (drawn > 0) {
          // A product may draw a slot in two places. Of the one that stays React says nothing, unless its ref is another.
          entry.ref = createRef()
          queueMicrotask(() => entries.get(id) === entry && redraw(id))
        }
      }
    }
    const entry: Entry = { ref: createRef, offered: null, settle, ready }
    entry.ref = createRef()
    entries.set(id, entry)
    redraw(id)
    return entry
  }

  const forget = (id: NodeId) => {
    entries.get(id)?.settle()
    entries.delete(id)
  }

  return {
    place: (element) => {
      place = element
    },
    where: () => place,
    touch: () => {
      touchedAt = performance.now()
    },
    refOf: (id) => entries.get(id)?.ref,
    async call(id, method) {
      if (NEEDS_USER.has(method) && !isUserHere())
        throw new HostError(
          'FOCUS_REFUSED',
          `${method} was refused: the user is not at work in this surface. Call it while handling what the user did there.`,
        )
      const entry = entries.get(id) ?? createEntry(id)
      await entry.ready
      if (entries.get(id) !== entry)
        throw new HostError('UNKNOWN_NODE', 'The component went away before it was called.')
      const run = entry.offered?.[method]
      if (typeof run !== 'function')
        throw new HostError('METHOD_NOT_FOUND', `This product's component has no ${method} to call. Do without it.`)
      await run.call(entry.offered)
    },
    forget,
    clear() {
      for (const id of [...entries.keys()]) forget(id)
    },
  }
}
